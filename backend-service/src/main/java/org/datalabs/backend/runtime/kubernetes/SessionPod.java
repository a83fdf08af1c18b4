package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;

/**
 * The pod of a session. Pure.
 *
 * <p><b>Why a bare pod and no controller.</b> A Deployment, StatefulSet or Job exists to bring a pod back when it is
 * gone. For a session that is wrong: its value is the state of its processes (a kernel's variables, a desktop's
 * windows), and a pod that is brought back is an empty one in the place of what the user had. It would look ready, take
 * the quota, and hide the loss. Hence:
 *
 * <ul>
 *   <li>{@code restartPolicy: Never}: a program that ends has ended. The user is told why and decides.
 *   <li>The reconciler owns life and death. It holds the desired state, the quota and the deadlines in the database, in
 *       one transaction; a controller would be a second owner of "should it run", in another store.
 *   <li>Paused means: no pod. A controller scaled to zero would say the same with one more object and a second later.
 *   <li>A name from the session's id makes a repeated create harmless; deletes carry the uid that was seen, so that a
 *       replica that is behind never deletes a newer pod of the same name. A StatefulSet has the first, none the
 *       second.
 *   <li>A controller costs: one more object, watch and round trip through the controller manager for each launch, some
 *       100 ms, and status that lags the pod's own.
 * </ul>
 *
 * <p>What is given up: a drained or lost machine takes its sessions along (a controller would start empty ones
 * elsewhere). The cluster autoscaler is told by an annotation not to remove a machine with sessions.
 *
 * <p>The pod is owned by its session's secret, see {@link SessionObjects}.
 */
final class SessionPod {
    static final String CONTAINER = "datalab";
    static final String TOKEN_KEY = "token";
    static final String RFB_PASSWORD_KEY = "rfb-password";
    static final String GPU_RESOURCE = "nvidia.com/gpu";

    private static final long GRACE_SECONDS = 10;
    private static final int MEBIBYTE_SHIFT = 20;

    private final KubernetesSettings settings;
    private final Names names;
    private final List<PodFeature> features;

    SessionPod(KubernetesSettings settings, Names names) {
        this.settings = settings;
        this.names = names;
        this.features = List.of(
                this::identity,
                this::program,
                this::environment,
                this::resources,
                new PodSecurity(settings),
                new PodStorage(settings, names),
                new PodPlacement(settings, names),
                this::probes,
                this::life);
    }

    /**
     * The pod, without its owner.
     *
     * @throws ProblemException when the session asks for what cannot be had here
     */
    Pod build(SessionSpec session) {
        PodDraft draft = new PodDraft();
        features.forEach(feature -> feature.shape(draft, session));
        return draft.pod();
    }

    /** Whole name of a version's image. */
    static String image(KubernetesSettings settings, String image) {
        return settings.imagePrefix() + image;
    }

    private void identity(PodDraft draft, SessionSpec session) {
        draft.meta()
                .withName(names.session(session.id()))
                .withNamespace(settings.namespace())
                .withLabels(names.session(session));
        draft.spec().withHostname(session.plan().datalab().value());
    }

    private void program(PodDraft draft, SessionSpec session) {
        String image = session.plan().version().image();
        if (image == null) {
            throw new ProblemException(
                    ProblemCode.NOT_AVAILABLE_HERE,
                    session.plan().datalabName() + " has no container image.",
                    "Run it on \"This computer\".");
        }
        draft.container()
                .withName(CONTAINER)
                .withImage(image(settings, image))
                .withImagePullPolicy("IfNotPresent")
                .addNewPort()
                .withContainerPort(session.plan().version().port())
                .withProtocol("TCP")
                .endPort();
        draft.spec()
                .withImagePullSecrets(settings.pullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList());
    }

    private void environment(PodDraft draft, SessionSpec session) {
        Map<String, String> values = new TreeMap<>(session.plan().environment());
        Resources resources = session.plan().resources();
        values.put("HOME", PodStorage.HOME);
        values.put("DATALABS_SESSION", session.id().value());
        values.put("DATALABS_MEMORY_MB", Long.toString(resources.memoryBytes() >> MEBIBYTE_SHIFT));
        values.put("DATALABS_CPUS", Integer.toString(Math.max(1, Math.round(resources.cpuMillis() / 1000f))));
        boolean web = session.plan().kind() == Kind.WEB;
        if (web) {
            String base = session.plan().version().basePath().replace("{base}", session.basePath());
            values.put("DATALABS_BASE_PATH", base.replace("//", "/"));
        }
        List<EnvVar> variables = new ArrayList<>();
        values.forEach((name, value) -> variables.add(new EnvVar(name, plain(value), null)));
        variables.add(secret(session, "DATALABS_TOKEN", TOKEN_KEY));
        if (!web) {
            variables.add(secret(session, "DATALABS_RFB_PASSWORD", RFB_PASSWORD_KEY));
        }
        draft.container().withEnv(variables);
    }

    /** Kubernetes expands <code>$(NAME)</code> in values; a doubled dollar stands for one (its API, core v1 EnvVar). */
    private static String plain(String value) {
        return value.replace("$", "$$");
    }

    private EnvVar secret(SessionSpec session, String variable, String key) {
        return new EnvVarBuilder()
                .withName(variable)
                .withNewValueFrom()
                .withNewSecretKeyRef(key, names.session(session.id()), false)
                .endValueFrom()
                .build();
    }

    private void resources(PodDraft draft, SessionSpec session) {
        Resources wanted = session.plan().resources();
        Map<String, Quantity> limits = new LinkedHashMap<>();
        limits.put("cpu", cpu(wanted.cpuMillis()));
        limits.put("memory", new Quantity(Long.toString(wanted.memoryBytes())));
        if (wanted.gpus() > 0) {
            limits.put(GPU_RESOURCE, new Quantity(Integer.toString(wanted.gpus())));
        }
        Map<String, Quantity> requests = new LinkedHashMap<>(limits);
        requests.put("cpu", cpu((int) Math.max(1, Math.round(wanted.cpuMillis() * settings.cpuShare()))));
        draft.container()
                .withNewResources()
                .withLimits(limits)
                .withRequests(requests)
                .endResources();
    }

    private static Quantity cpu(int millis) {
        return new Quantity(
                BigDecimal.valueOf(millis).stripTrailingZeros().scale() <= -3
                        ? Integer.toString(millis / 1000)
                        : millis + "m");
    }

    /**
     * Only so that Kubernetes' own tools tell whether a web datalab listens: whether it is ready for its user the data
     * plane finds out sooner and better. A desktop gets none, since an RFB server counts a connection without a password
     * as an attack. The start-up probe never ends a slow program; the reconciler has the deadline.
     */
    private void probes(PodDraft draft, SessionSpec session) {
        if (session.plan().kind() != Kind.WEB) {
            return;
        }
        int port = session.plan().version().port();
        draft.container()
                .withStartupProbe(new ProbeBuilder()
                        .withNewTcpSocket()
                        .withNewPort(port)
                        .endTcpSocket()
                        .withPeriodSeconds(1)
                        .withTimeoutSeconds(1)
                        .withFailureThreshold(3600)
                        .build());
    }

    private void life(PodDraft draft, SessionSpec session) {
        draft.meta().addToAnnotations("cluster-autoscaler.kubernetes.io/safe-to-evict", "false");
        draft.spec().withRestartPolicy("Never").withTerminationGracePeriodSeconds(GRACE_SECONDS);
        // The end of the output comes with the pod's status, so a failure is told with it from memory.
        draft.container().withTerminationMessagePolicy("FallbackToLogsOnError");
    }
}
