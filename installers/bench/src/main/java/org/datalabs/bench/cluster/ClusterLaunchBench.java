package org.datalabs.bench.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.datalabs.bench.cluster.PodWatch.Moment;
import org.datalabs.bench.launch.Sessions;
import org.datalabs.bench.measure.Child;
import org.datalabs.bench.measure.Figures;
import org.datalabs.bench.measure.MeasurementException;
import org.datalabs.bench.measure.Runs;
import org.datalabs.bench.measure.Scratch;
import org.datalabs.bench.measure.Setup;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;

/**
 * From a launch request to the news that the session is ready, beside {@code kubectl apply} of the same objects until the
 * pod is Ready. The image is there. In turns, one after the other, each with objects that are new but for the home.
 *
 * <p>kubectl is measured in two ways in the same run: until {@code kubectl wait} has ended, as a user would know it, and
 * until a watch of the bench has seen it. For scale the bench also makes the same objects itself, by a client that is
 * connected and warm, and watches.
 */
public final class ClusterLaunchBench {
    private static final double MOST_TIMES = 1.15;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final LaunchRequest PROBE = LaunchRequest.defaults(new DatalabId(ClusterBackend.DATALAB));

    private final Setup setup;
    private final Random random = new Random();
    private final Runs launched = new Runs();
    private final Runs accepted = new Runs();
    private final Runs kubectlWaited = new Runs();
    private final Runs kubectlWatched = new Runs();
    private final Runs bare = new Runs();
    private final Map<Moment, Runs> launchedMoments = new EnumMap<>(Moment.class);
    private final Map<Moment, Runs> kubectlMoments = new EnumMap<>(Moment.class);
    private final Map<Moment, Runs> bareMoments = new EnumMap<>(Moment.class);

    public ClusterLaunchBench(Setup setup) {
        this.setup = setup;
    }

    public void run() throws IOException {
        try (Scratch scratch = new Scratch();
                Ground ground = new Ground("dl-bench-launch");
                PrivateDatabase database = new PrivateDatabase(scratch.path())) {
            ground.offerVolumes(2, scratch.folder("volumes"));
            ClusterBackend.Place place =
                    ClusterBackend.Place.in(scratch.folder("service"), System.getenv("KUBECONFIG"));
            place.settle(database, ground, 1, "");
            try (ClusterBackend backend =
                            ClusterBackend.start(setup.backend(), place).awaitReady();
                    DatazoneClient client = backend.client(0);
                    Sessions sessions = new Sessions(client, PATIENCE);
                    PodWatch watch = new PodWatch(ground)) {
                Session first = client.launch(PROBE);
                sessions.awaitReady(first.id(), PATIENCE);
                Recipe recipe = Recipe.of(ground, first.id());
                sessions.destroy(first.id(), PATIENCE);
                for (int round = -1; round < setup.rounds(); round++) {
                    boolean counts = round >= 0;
                    launch(client, sessions, watch, counts);
                    kubectl(ground, recipe, watch, scratch.path(), counts);
                    bare(ground, recipe, watch, counts);
                }
            }
        }
        report();
    }

    private void launch(DatazoneClient client, Sessions sessions, PodWatch watch, boolean counts) {
        long start = System.nanoTime();
        Session session = client.launch(PROBE);
        long answered = System.nanoTime();
        long ready = sessions.awaitReady(session.id(), PATIENCE);
        if (counts) {
            launched.addNanos(ready - start);
            accepted.addNanos(answered - start);
            note(launchedMoments, watch, pod(session.id()), start);
        }
        sessions.destroy(session.id(), PATIENCE);
        watch.await(pod(session.id()), Moment.GONE, PATIENCE);
    }

    private void kubectl(Ground ground, Recipe recipe, PodWatch watch, Path folder, boolean counts) throws IOException {
        SessionId session = SessionId.random(random);
        Path file = Files.writeString(folder.resolve("objects.yaml"), recipe.yaml(session));
        String namespace = "--namespace=" + ground.name();
        String script = "kubectl apply " + namespace + " -f " + file + " && kubectl wait " + namespace
                + " --for=condition=Ready pod/" + pod(session) + " --timeout=60s && echo waited";
        try (Child child = Child.start(new ProcessBuilder("sh", "-c", script), folder.resolve("kubectl.log"))) {
            long start = child.startedAt();
            child.await("waited", PATIENCE);
            long waited = System.nanoTime();
            long watched = watch.await(pod(session), Moment.READY, PATIENCE);
            if (counts) {
                kubectlWaited.addNanos(waited - start);
                kubectlWatched.addNanos(watched - start);
                note(kubectlMoments, watch, pod(session), start);
            }
        }
        remove(ground, recipe, session, watch);
    }

    private void bare(Ground ground, Recipe recipe, PodWatch watch, boolean counts) {
        SessionId session = SessionId.random(random);
        List<HasMetadata> objects = recipe.objects(session);
        long start = System.nanoTime();
        for (HasMetadata object : objects) {
            try {
                ground.client().resource(object).inNamespace(ground.name()).create();
            } catch (KubernetesClientException e) {
                if (!"PersistentVolumeClaim".equals(object.getKind())) {
                    throw new MeasurementException("The objects cannot be made: " + e.getMessage(), e);
                }
                // The home, which is there from before.
            }
        }
        long ready = watch.await(pod(session), Moment.READY, PATIENCE);
        if (counts) {
            bare.addNanos(ready - start);
            note(bareMoments, watch, pod(session), start);
        }
        remove(ground, recipe, session, watch);
    }

    private static void remove(Ground ground, Recipe recipe, SessionId session, PodWatch watch) {
        for (HasMetadata object : recipe.objects(session)) {
            if (!"PersistentVolumeClaim".equals(object.getKind())) {
                ground.client().resource(object).inNamespace(ground.name()).delete();
            }
        }
        watch.await(pod(session), Moment.GONE, PATIENCE);
    }

    private static String pod(SessionId session) {
        return "session-" + session.value();
    }

    private static void note(Map<Moment, Runs> moments, PodWatch watch, String pod, long start) {
        for (Moment moment : List.of(Moment.MADE, Moment.SCHEDULED, Moment.RUNNING)) {
            moments.computeIfAbsent(moment, key -> new Runs()).addNanos(watch.await(pod, moment, PATIENCE) - start);
        }
    }

    private void report() {
        Figures figures = setup.figures();
        figures.note(
                "launch: accepted %s; pod %s; ready %s",
                accepted.words("ms"), told(launchedMoments), launched.words("ms"));
        figures.note("kubectl: pod %s; ready seen %s", told(kubectlMoments), kubectlWatched.words("ms"));
        figures.note("a connected client: pod %s; ready seen %s", told(bareMoments), bare.words("ms"));
        figures.atMost(
                "cluster: request to ready against kubectl apply and wait",
                launched.median() / kubectlWaited.median(),
                MOST_TIMES,
                "",
                launched.words("ms") + "; kubectl " + kubectlWaited.words("ms"));
        figures.atMost(
                "cluster: request to ready against kubectl apply, watched",
                launched.median() / kubectlWatched.median(),
                MOST_TIMES,
                "",
                launched.words("ms") + "; kubectl " + kubectlWatched.words("ms"));
        figures.note(
                "against a connected client that makes the same objects: %.2f (%s; client %s)",
                launched.median() / bare.median(), launched.words("ms"), bare.words("ms"));
    }

    private static String told(Map<Moment, Runs> moments) {
        StringBuilder told = new StringBuilder();
        moments.forEach((moment, runs) -> told.append(told.isEmpty() ? "" : ", ")
                .append(String.format(
                        Locale.ROOT, "%s %.0f ms", moment.name().toLowerCase(Locale.ROOT), runs.median())));
        return told.toString();
    }
}
