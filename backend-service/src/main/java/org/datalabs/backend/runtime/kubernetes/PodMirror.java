package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.core.session.SessionId;

/** What is known of the sessions' pods, of the notes about them, and of the machines. Thread-safe. */
final class PodMirror implements AutoCloseable {
    /** Notes that tell nothing that the pod does not. */
    private static final String CHATTER = "reason!=Scheduled,reason!=Created,reason!=Started,reason!=Killing";

    private static final int MOST_EVENTS = 30;

    private final Clock clock;
    private final Watched<Pod> pods;
    private final Watched<Event> events;
    private final Watched<Node> nodes;
    private final Map<SessionId, String> names = new ConcurrentHashMap<>();
    /** By name of the machine; every look at a session needs all. */
    private final Map<String, NodeFacts> machines = new ConcurrentHashMap<>();
    /** By uid of the pod. */
    private final Map<String, Milestones> times = new ConcurrentHashMap<>();
    /** By uid of the pod, then by name of the note. */
    private final Map<String, Map<String, PodEvent>> notes = new ConcurrentHashMap<>();

    private final List<Consumer<SessionId>> listeners = new CopyOnWriteArrayList<>();

    PodMirror(
            KubernetesClient client,
            String namespace,
            Names labels,
            Clock clock,
            ScheduledExecutorService threads,
            Watched.Timing timing) {
        this.clock = clock;
        this.pods = new Watched<>(
                "the pods of sessions",
                new Selected<>(client.pods().inNamespace(namespace).withLabels(labels.zone(Names.ROLE_SESSION))),
                PodMirror::trim,
                this::podChanged,
                threads,
                timing);
        this.events = new Watched<>(
                "notes about pods",
                new Selected<>(client.v1().events().inNamespace(namespace), "involvedObject.kind=Pod," + CHATTER),
                PodMirror::trim,
                this::eventChanged,
                threads,
                timing);
        this.nodes = new Watched<>(
                "the machines", new Selected<>(client.nodes()), PodMirror::trim, this::nodeChanged, threads, timing);
    }

    /** Begins; the result is done when everything is known. */
    CompletableFuture<Void> begin() {
        // Notes and machines first, so that no pod is read without them.
        return CompletableFuture.allOf(events.begin(), nodes.begin()).thenCompose(done -> pods.begin());
    }

    /** Calls {@code listener} after a session's pod changed or went. */
    void onChange(Consumer<SessionId> listener) {
        listeners.add(listener);
    }

    Optional<Pod> pod(SessionId session) {
        return Optional.ofNullable(names.get(session)).map(pods::get);
    }

    Collection<SessionId> sessions() {
        return new TreeSet<>(names.keySet());
    }

    Collection<Pod> pods() {
        return pods.all();
    }

    List<NodeFacts> nodes() {
        return List.copyOf(machines.values());
    }

    List<PodEvent> events(Pod pod) {
        Map<String, PodEvent> known = notes.get(pod.getMetadata().getUid());
        return known == null
                ? List.of()
                : known.values().stream()
                        .sorted(Comparator.comparing(PodEvent::at))
                        .toList();
    }

    Observation read(Pod pod) {
        Instant now = clock.instant();
        List<PodEvent> events = events(pod);
        // A pod may be read a moment before it is noted how far its start came.
        Milestones milestones = Milestones.next(times.get(pod.getMetadata().getUid()), pod, events, now);
        return new PodReading(pod, events, nodes(), milestones, now).observation();
    }

    /** Takes over a pod that an own request has made. */
    void learn(Pod pod) {
        pods.learn(pod);
    }

    @Override
    public void close() {
        pods.close();
        events.close();
        nodes.close();
    }

    private void podChanged(Pod pod, boolean gone) {
        String uid = pod.getMetadata().getUid();
        Names.session(pod).ifPresent(session -> {
            if (gone) {
                names.remove(session, pod.getMetadata().getName());
                times.remove(uid);
                notes.remove(uid);
            } else {
                names.put(session, pod.getMetadata().getName());
                times.compute(uid, (key, before) -> Milestones.next(before, pod, events(pod), clock.instant()));
            }
            listeners.forEach(listener -> listener.accept(session));
        });
    }

    private void eventChanged(Event event, boolean gone) {
        String uid = event.getInvolvedObject().getUid();
        if (gone || uid == null) {
            return;
        }
        PodEvent note = PodEvent.of(event, clock.instant());
        notes.compute(uid, (key, known) -> {
            Map<String, PodEvent> map = known == null ? new ConcurrentHashMap<>() : known;
            String name = event.getMetadata().getName();
            if (map.size() < MOST_EVENTS || map.containsKey(name)) {
                map.put(name, note);
            }
            return map;
        });
        Pod pod = pods.get(event.getInvolvedObject().getName());
        if (pod != null && uid.equals(pod.getMetadata().getUid())) {
            podChanged(pod, false);
        }
    }

    private void nodeChanged(Node node, boolean gone) {
        String name = node.getMetadata().getName();
        if (gone) {
            machines.remove(name);
        } else {
            machines.put(name, NodeFacts.of(node));
        }
        // The reconciler looks at everything every few seconds, which is soon enough for a machine that is lost.
    }

    /** A cluster's objects are mostly history of who wrote which field. */
    private static Pod trim(Pod pod) {
        pod.setMetadata(trim(pod.getMetadata()));
        pod.getSpec().setVolumes(new ArrayList<>());
        pod.getSpec().setTolerations(new ArrayList<>());
        pod.getSpec().getContainers().forEach(container -> {
            container.setEnv(new ArrayList<>());
            container.setVolumeMounts(new ArrayList<>());
        });
        return pod;
    }

    private static Event trim(Event event) {
        event.setMetadata(trim(event.getMetadata()));
        return event;
    }

    private static Node trim(Node node) {
        node.setMetadata(trim(node.getMetadata()));
        if (node.getStatus() != null) {
            node.getStatus().setImages(new ArrayList<>());
        }
        return node;
    }

    private static ObjectMeta trim(ObjectMeta meta) {
        return new ObjectMetaBuilder(meta)
                .withManagedFields(new ArrayList<>())
                .withAnnotations(null)
                .build();
    }
}
