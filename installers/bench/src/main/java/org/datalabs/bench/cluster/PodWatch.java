package org.datalabs.bench.cluster;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.datalabs.bench.measure.MeasurementException;

/** Sees when the pods of a namespace come how far, with a watch of its own beside those of all who are measured. */
final class PodWatch implements AutoCloseable {
    private static final long PAUSE_NANOS = 500_000;

    /** What happens to a pod, in this order. */
    enum Moment {
        MADE,
        SCHEDULED,
        RUNNING,
        READY,
        GONE
    }

    private final Watch watch;
    private final Map<String, Map<Moment, Long>> seen = new ConcurrentHashMap<>();

    PodWatch(Ground ground) {
        watch = ground.client().pods().inNamespace(ground.name()).watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, Pod pod) {
                note(action, pod, System.nanoTime());
            }

            @Override
            public void onClose(WatcherException cause) {
                // Then a wait for it ends in vain, and says so.
            }
        });
    }

    private void note(Watcher.Action action, Pod pod, long now) {
        Map<Moment, Long> times =
                seen.computeIfAbsent(pod.getMetadata().getName(), name -> new EnumMap<>(Moment.class));
        synchronized (times) {
            times.putIfAbsent(Moment.MADE, now);
            if (holds(pod, "PodScheduled")) {
                times.putIfAbsent(Moment.SCHEDULED, now);
            }
            List<ContainerStatus> containers = pod.getStatus().getContainerStatuses();
            if (!containers.isEmpty() && containers.get(0).getState().getRunning() != null) {
                times.putIfAbsent(Moment.RUNNING, now);
            }
            if (holds(pod, "Ready")) {
                times.putIfAbsent(Moment.READY, now);
            }
            if (action == Watcher.Action.DELETED) {
                times.putIfAbsent(Moment.GONE, now);
            }
        }
    }

    private static boolean holds(Pod pod, String type) {
        for (PodCondition condition : pod.getStatus().getConditions()) {
            if (type.equals(condition.getType())) {
                return "True".equals(condition.getStatus());
            }
        }
        return false;
    }

    /** When it was seen, of {@link System#nanoTime}. */
    long await(String pod, Moment moment, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            Map<Moment, Long> times = seen.get(pod);
            if (times != null) {
                synchronized (times) {
                    Long at = times.get(moment);
                    if (at != null) {
                        return at;
                    }
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new MeasurementException("The pod " + pod + " was not " + moment + " in time.");
    }

    @Override
    public void close() {
        watch.close();
    }
}
