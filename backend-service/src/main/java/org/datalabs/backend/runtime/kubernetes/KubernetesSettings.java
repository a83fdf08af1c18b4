package org.datalabs.backend.runtime.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.volume.VolumeId;
import org.jspecify.annotations.Nullable;

/**
 * How sessions run on a cluster. Every constructor refuses what cannot work with an {@link IllegalArgumentException}
 * whose message is meant for the operator; a null collection or text stands for its default.
 *
 * @param namespace the namespace that holds the sessions and nothing else
 * @param zone short name of this datazone; objects of other zones in the same namespace are never touched
 * @param home where personal files live
 * @param allowHostPath whether volumes may be folders of the machines
 * @param imagePrefix put before image names, such as {@code registry.example.org/}; may be empty
 * @param pullSecrets names of secrets in the namespace with which images are fetched
 * @param priorityClass of the sessions' pods, or null for the cluster's default
 * @param egress where sessions may connect to
 * @param presets where pods go, and with what they put up: {@code all} for every session, {@code gpu} for those with a GPU
 * @param backend the pods that may connect to sessions
 * @param cpuRequestShare part of a session's cores that is set aside for it, over 0 up to 1; it may use all of them
 *     while others do not
 * @param writableRoot datalabs whose programs must write outside of the home and the temporary folders
 * @param prePull datalabs whose newest image is kept on every machine
 * @param volumes where data volumes come from, by id
 */
public record KubernetesSettings(
        String namespace,
        String zone,
        Home home,
        boolean allowHostPath,
        String imagePrefix,
        List<String> pullSecrets,
        @Nullable String priorityClass,
        Egress egress,
        Map<String, Placement> presets,
        Backend backend,
        @Nullable Double cpuRequestShare,
        List<DatalabId> writableRoot,
        List<DatalabId> prePull,
        Map<VolumeId, VolumeSource> volumes) {
    /** Key of {@link #presets} for every session. */
    public static final String ALL = "all";
    /** Key of {@link #presets} for sessions with a GPU. */
    public static final String GPU = "gpu";

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern DNS_NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    public KubernetesSettings {
        requireLabel("kubernetes.namespace", namespace);
        requireLabel("kubernetes.zone", zone);
        require(home != null, "kubernetes.home: say where personal files live");
        imagePrefix = or(imagePrefix, "");
        pullSecrets = List.copyOf(or(pullSecrets, List.of()));
        egress = or(egress, Egress.OPEN);
        presets = Map.copyOf(or(presets, Map.of()));
        backend = or(backend, Backend.DEFAULT);
        writableRoot = List.copyOf(or(writableRoot, List.of()));
        prePull = List.copyOf(or(prePull, List.of()));
        volumes = Map.copyOf(or(volumes, Map.of()));
        for (String secret : pullSecrets) {
            require(DNS_NAME.matcher(secret).matches(), "kubernetes.pullSecrets: " + secret + " is no secret's name");
        }
        require(
                priorityClass == null || DNS_NAME.matcher(priorityClass).matches(),
                "kubernetes.priorityClass: " + priorityClass + " is no priority class's name");
        for (String preset : presets.keySet()) {
            require(
                    preset.equals(ALL) || preset.equals(GPU),
                    "kubernetes.presets: only " + ALL + " and " + GPU + " are known, not " + preset);
        }
        require(
                cpuRequestShare == null || (cpuRequestShare > 0 && cpuRequestShare <= 1),
                "kubernetes.cpuRequestShare: give more than 0 and at most 1");
        boolean hostPaths = allowHostPath;
        volumes.forEach((id, source) -> require(
                hostPaths || !(source instanceof VolumeSource.HostPath),
                "volumes: " + id + " is a folder of the machines, which kubernetes.allowHostPath does not allow"));
    }

    /** With defaults for all but what must be known. */
    public static KubernetesSettings of(String namespace, String zone, Home home) {
        return new KubernetesSettings(
                namespace,
                zone,
                home,
                false,
                "",
                List.of(),
                null,
                Egress.OPEN,
                Map.of(),
                Backend.DEFAULT,
                null,
                List.of(),
                List.of(),
                Map.of());
    }

    /** The same with these volumes. */
    public KubernetesSettings with(Map<VolumeId, VolumeSource> sources) {
        return new KubernetesSettings(
                namespace,
                zone,
                home,
                allowHostPath,
                imagePrefix,
                pullSecrets,
                priorityClass,
                egress,
                presets,
                backend,
                cpuRequestShare,
                writableRoot,
                prePull,
                sources);
    }

    /** Part of a session's cores that is set aside for it. */
    double cpuShare() {
        return cpuRequestShare == null ? 1 : cpuRequestShare;
    }

    /**
     * Personal files: one claim for each user, made at the first launch and never deleted by the platform.
     *
     * @param storageClass of the claims, or null for the cluster's default
     * @param size of a claim, such as {@code 10 GB}
     * @param accessMode {@code ReadWriteMany}, the default, where the storage class has it; else {@code ReadWriteOnce},
     *     by which all sessions of a user run on one machine
     * @param temporarySize most that a session may write to a home of its own, where its datalab has temporary homes; 1 GB
     *     when null
     */
    public record Home(
            @Nullable String storageClass,
            String size,
            @Nullable AccessMode accessMode,
            @Nullable String temporarySize) {
        private static final Pattern SIZE = Pattern.compile("([0-9]{1,6}) ?(MB|GB|TB)");

        public Home {
            require(
                    storageClass == null || DNS_NAME.matcher(storageClass).matches(),
                    "kubernetes.home.storageClass: " + storageClass + " is no storage class's name");
            require(
                    size != null && SIZE.matcher(size).matches(),
                    "kubernetes.home.size: give a size such as 10 GB, not " + size);
            require(
                    temporarySize == null || SIZE.matcher(temporarySize).matches(),
                    "kubernetes.home.temporarySize: give a size such as 1 GB, not " + temporarySize);
        }

        /** Bytes of a claim. */
        long bytes() {
            return bytes(size);
        }

        /** Most bytes of a temporary home. */
        long temporaryBytes() {
            return temporarySize == null ? Resources.GB : bytes(temporarySize);
        }

        private static long bytes(String size) {
            Matcher parts = SIZE.matcher(size);
            if (!parts.matches()) {
                throw new IllegalStateException(size);
            }
            long unit =
                    switch (parts.group(2)) {
                        case "MB" -> Resources.GB >> 10;
                        case "GB" -> Resources.GB;
                        default -> Resources.GB << 10;
                    };
            return Long.parseLong(parts.group(1)) * unit;
        }

        boolean shared() {
            return accessMode != AccessMode.READ_WRITE_ONCE;
        }
    }

    /** Who can mount a home at once. */
    public enum AccessMode {
        READ_WRITE_MANY("ReadWriteMany"),
        READ_WRITE_ONCE("ReadWriteOnce");

        private final String word;

        AccessMode(String word) {
            this.word = word;
        }

        /** As Kubernetes writes it. */
        @JsonValue
        public String word() {
            return word;
        }
    }

    /**
     * Where sessions may connect to. Other sessions, the API server and the machines' metadata service are never among
     * it as long as the cluster enforces network policies.
     *
     * @param mode {@code open}: all but private and link-local addresses; {@code none}: nowhere, not even to name
     *     servers; {@code cidrs}: only the given
     * @param cidrs further blocks of addresses, such as {@code 10.20.0.0/16} of an archive; also with {@code open}
     * @param except blocks that are closed in any case, such as that of an API server with public addresses
     */
    public record Egress(Mode mode, List<String> cidrs, List<String> except) {
        static final Egress OPEN = new Egress(Mode.OPEN, List.of(), List.of());

        public Egress {
            mode = or(mode, Mode.OPEN);
            cidrs = List.copyOf(or(cidrs, List.of()));
            except = List.copyOf(or(except, List.of()));
            for (String cidr : cidrs) {
                block("kubernetes.egress.cidrs", cidr);
                require(
                        !EgressRules.isAlwaysClosed(cidr),
                        "kubernetes.egress.cidrs: " + cidr + " belongs to the machines' metadata service, which stays"
                                + " closed");
            }
            except.forEach(cidr -> block("kubernetes.egress.except", cidr));
            require(
                    mode != Mode.CIDRS || !cidrs.isEmpty(),
                    "kubernetes.egress: mode cidrs needs at least one block in cidrs");
            require(mode != Mode.NONE || cidrs.isEmpty(), "kubernetes.egress: mode none goes with no cidrs");
        }

        /** See {@link Egress#mode}. */
        public enum Mode {
            @JsonProperty("open")
            OPEN,
            @JsonProperty("none")
            NONE,
            @JsonProperty("cidrs")
            CIDRS
        }

        private static void block(String field, String cidr) {
            try {
                var unused = Block.of(cidr);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
            }
        }
    }

    /**
     * Where pods go.
     *
     * @param nodeSelector labels that a machine must have
     * @param tolerations taints of machines that they put up with
     */
    public record Placement(Map<String, String> nodeSelector, List<Toleration> tolerations) {
        static final Placement ANYWHERE = new Placement(Map.of(), List.of());

        public Placement {
            nodeSelector = Map.copyOf(or(nodeSelector, Map.of()));
            tolerations = List.copyOf(or(tolerations, List.of()));
        }
    }

    /**
     * A taint that pods put up with.
     *
     * @param key of the taint
     * @param value of the taint, or null for any
     * @param effect {@code NoSchedule}, {@code NoExecute}, {@code PreferNoSchedule}, or null for all
     */
    public record Toleration(
            String key, @Nullable String value, @Nullable String effect) {
        private static final List<String> EFFECTS = List.of("NoSchedule", "NoExecute", "PreferNoSchedule");

        public Toleration {
            require(key != null && !key.isBlank(), "kubernetes.presets: a toleration needs a key");
            require(
                    effect == null || EFFECTS.contains(effect),
                    "kubernetes.presets: the effect of a toleration is one of " + String.join(", ", EFFECTS));
        }
    }

    /**
     * The pods of the service itself, which alone may connect to sessions.
     *
     * @param namespace theirs; it must carry the label {@code kubernetes.io/metadata.name} with its own name, as
     *     Kubernetes 1.21 and newer set it
     * @param labels theirs
     */
    public record Backend(String namespace, Map<String, String> labels) {
        static final Backend DEFAULT = new Backend("datalabs", Map.of("app.kubernetes.io/name", "datalabs-backend"));

        public Backend {
            requireLabel("kubernetes.backend.namespace", namespace);
            labels = Map.copyOf(or(labels, Map.of()));
            require(!labels.isEmpty(), "kubernetes.backend.labels: give the labels of the service's pods");
        }
    }

    private static <T> T or(@Nullable T value, T other) {
        return value == null ? other : value;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private static void requireLabel(String field, @Nullable String value) {
        require(
                value != null && DNS_LABEL.matcher(value).matches(),
                field + ": give 1 to 63 of a-z, 0-9 and dashes, not " + value);
    }
}
