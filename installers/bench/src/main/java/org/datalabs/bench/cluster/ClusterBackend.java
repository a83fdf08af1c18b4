package org.datalabs.bench.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.datalabs.bench.measure.Child;
import org.datalabs.bench.measure.MeasurementException;
import org.datalabs.bench.measure.Program;
import org.datalabs.core.client.DatazoneClient;

/** The service of a cluster, run beside it as its image runs it, with a database of its own. */
final class ClusterBackend implements AutoCloseable {
    /** Heap and stacks as {@code installers/kubernetes} and the image give them. */
    static final List<String> OPTIONS =
            List.of("-Xmx512m", "-Xss512k", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

    static final String DATALAB = "probe";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ICON = "{path: M4 4h16v16H4z, tint: teal}";

    private final Child child;
    private final int port;
    private final int managementPort;

    private ClusterBackend(Child child, int port, int managementPort) {
        this.child = child;
        this.port = port;
        this.managementPort = managementPort;
    }

    /**
     * What a service is started with.
     *
     * @param folder of its files
     * @param kubeconfig names the cluster
     * @param port of API and data plane
     * @param managementPort of its metrics
     */
    record Place(Path folder, String kubeconfig, int port, int managementPort) {
        static Place in(Path folder, String kubeconfig) throws IOException {
            return new Place(folder, kubeconfig, Ports.free(), Ports.free());
        }

        /**
         * Writes the settings of a service.
         *
         * @param kubernetes further lines of the settings' part kubernetes, indented by two
         */
        void settle(PrivateDatabase database, Ground ground, int users, String kubernetes) throws IOException {
            Files.writeString(
                    folder.resolve("users"),
                    IntStream.range(0, users)
                            .mapToObj(number -> user(number) + " " + sha256(token(number)) + " User " + number + "\n")
                            .collect(Collectors.joining()));
            Path catalogue = Files.createDirectories(folder.resolve("catalogue").resolve(DATALAB));
            Files.writeString(catalogue.resolve("datalab.yaml"), manifest());
            Files.writeString(folder.resolve("settings.yaml"), """
                    name: Bench
                    listen: 127.0.0.1:%d
                    management: 127.0.0.1:%d
                    database: {url: "%s", user: %s}
                    usersFile: %s
                    catalogue: %s
                    quota: {sessions: 5, cpu: 20, memory: 64 GB, gpu: 1}
                    farewellSeconds: 0
                    kubernetes:
                      namespace: %s
                      zone: bench
                      home: {storageClass: %s, size: 1 GB}
                    %s""".formatted(
                            port,
                            managementPort,
                            database.url(),
                            PrivateDatabase.USER,
                            folder.resolve("users"),
                            folder.resolve("catalogue"),
                            ground.name(),
                            ground.name(),
                            kubernetes));
        }
    }

    /** Starts one; see {@link #awaitReady}. */
    static ClusterBackend start(Program program, Place place) {
        List<String> words = new ArrayList<>();
        words.add(program.java().get(0));
        words.addAll(OPTIONS);
        if (program.archive() != null) {
            words.add("-XX:SharedArchiveFile=" + program.archive());
        }
        words.addAll(List.of("-jar", program.jar().toString(), "--config"));
        words.add(place.folder().resolve("settings.yaml").toString());
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("KUBECONFIG", place.kubeconfig());
        Path log = place.folder().resolve("backend.log");
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new ClusterBackend(
                Child.start(builder, place.folder().resolve("backend-errors.log")),
                place.port(),
                place.managementPort());
    }

    ClusterBackend awaitReady() {
        BackendMetrics metrics = metrics();
        Until.holds("the service is ready", PATIENCE, () -> {
            if (!child.handle().isAlive()) {
                throw new MeasurementException("The service ended at once.");
            }
            return metrics.isReady();
        });
        return this;
    }

    Child child() {
        return child;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    BackendMetrics metrics() {
        return new BackendMetrics(managementPort);
    }

    DatazoneClient client(int user) {
        return new DatazoneClient(address(), () -> Optional.of(token(user)));
    }

    static String user(int number) {
        return "user" + number;
    }

    /** The bearer token of a user; it opens nothing but this service. */
    static String token(int number) {
        return "token-of-a-bench-user-%06d".formatted(number);
    }

    @Override
    public void close() {
        child.close();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is always there", e);
        }
    }

    private static String manifest() {
        return """
                apiVersion: datalabs/v1
                id: %s
                name: Probe
                kind: web
                summary: Answers at once.
                description: Answers at once.
                maintainer: {name: Datalabs}
                licence: Apache-2.0
                icon: %s
                resources:
                  least: {cpu: 0.1, memory: 64 MB}
                  most: {cpu: 1, memory: 1 GB, gpu: 0}
                  recommended: small
                  presets:
                    - {id: small, name: Small, cpu: 0.1, memory: 64 MB}
                versions:
                  - name: "1"
                    released: 2026-01-01
                    image: datalabs/probe:1
                    port: 10000
                    base: "{base}"
                    ready: ready
                    authorization: token {token}
                """.formatted(DATALAB, ICON);
    }
}
