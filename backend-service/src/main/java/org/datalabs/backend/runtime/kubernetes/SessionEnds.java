package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.datalabs.core.session.SessionId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends sessions: first the pod, whose network policy lives as long as it, then the secret, with which the cluster
 * collects the rest. Every delete names the uid that was seen first, so an end that comes late meets nothing newer. What
 * could not be done is done at a later {@link #goOn}, which is called every few seconds. Thread-safe.
 */
final class SessionEnds {
    private static final Logger LOG = LoggerFactory.getLogger(SessionEnds.class);
    /** After its grace a pod is gone, unless its machine does not answer. */
    private static final Duration OVERDUE = Duration.ofSeconds(30);
    /** After this long an end that has not met its pod leaves it to the reconciler to ask anew. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ClusterCalls calls;
    private final Names names;
    private final PodMirror mirror;
    private final SessionLogs logs;
    private final Clock clock;
    private final Executor workers;
    private final Consumer<SessionId> changed;
    private final Map<SessionId, End> ends = new ConcurrentHashMap<>();

    SessionEnds(
            ClusterCalls calls,
            Names names,
            PodMirror mirror,
            SessionLogs logs,
            Clock clock,
            Executor workers,
            Consumer<SessionId> changed) {
        this.calls = calls;
        this.names = names;
        this.mirror = mirror;
        this.logs = logs;
        this.clock = clock;
        this.workers = workers;
        this.changed = changed;
    }

    void begin(SessionId id) {
        begin(new End(id, clock.instant()));
    }

    private void begin(End end) {
        if (ends.putIfAbsent(end.id, end) == null) {
            end.proceed();
        }
    }

    boolean isUnderWay(SessionId id) {
        return ends.containsKey(id);
    }

    /** Does what is left to do. */
    void goOn() {
        List.copyOf(ends.values()).forEach(End::proceed);
        mirror.pods().forEach(this::adopt);
    }

    /** The pod of a session has changed, or is gone. */
    void changed(SessionId id) {
        End end = ends.get(id);
        if (end == null) {
            mirror.pod(id).ifPresent(this::adopt);
        } else {
            end.proceed();
        }
    }

    /**
     * Sees to the end of a pod that somebody else has asked to go: a replica that was killed over it, or an operator. It
     * is aimed at this very pod, whatever has its name by then.
     */
    private void adopt(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            Names.session(pod).ifPresent(id -> {
                End end = new End(id, clock.instant());
                end.aim(pod);
                begin(end);
            });
        }
    }

    /** Whether only its machine could say that it has ended, which does not answer. */
    private boolean isOverdue(Pod pod) {
        String deletion = pod.getMetadata().getDeletionTimestamp();
        if (deletion == null) {
            return false;
        }
        // The deletion's time is that by which its grace has passed.
        Instant due = PodEvent.parsed(deletion, Instant.MAX.minus(OVERDUE)).plus(OVERDUE);
        return clock.instant().isAfter(due)
                && mirror.nodes().stream()
                        .noneMatch(node -> node.name().equals(pod.getSpec().getNodeName()) && node.answers());
    }

    private static boolean hasEnded(Pod pod) {
        return Milestones.state(pod)
                .filter(state -> state.getTerminated() != null)
                .isPresent();
    }

    /** The end of one session. */
    private final class End {
        private final SessionId id;
        private final Instant since;
        private final AtomicBoolean busy = new AtomicBoolean();
        private @Nullable String podName;
        private @Nullable String podUid;
        private @Nullable String secretUid;
        private boolean asked;
        private boolean released;

        End(SessionId id, Instant since) {
            this.id = id;
            this.since = since;
        }

        void proceed() {
            if (busy.compareAndSet(false, true)) {
                try {
                    workers.execute(this::run);
                } catch (RejectedExecutionException e) {
                    LOG.debug("the engine is closed");
                }
            }
        }

        private void run() {
            boolean over = false;
            try {
                over = step();
            } catch (KubernetesClientException e) {
                LOG.debug("session {} could not be ended; will try again", id, e);
            } catch (RuntimeException e) {
                LOG.error("session {} could not be ended; will try again", id, e);
            } finally {
                busy.set(false);
            }
            if (over) {
                ends.remove(id, this);
                changed.accept(id);
            } else if (asked && !isPodThere()) {
                proceed();
            }
        }

        /** Whether nothing is left. */
        private boolean step() {
            if (podUid == null && !find()) {
                return removeSecret();
            }
            if (isPodThere()) {
                askPod();
                return false;
            }
            return removeSecret();
        }

        /** Finds the pod that is to end; memory may be behind by one that another replica made just now. */
        private boolean find() {
            Optional<Pod> found = mirror.pod(id);
            if (found.isEmpty() && clock.instant().isBefore(since.plus(PATIENCE))) {
                found = calls.pod(names.session(id));
                found.ifPresent(mirror::learn);
            }
            found.ifPresent(this::aim);
            return found.isPresent();
        }

        private void aim(Pod pod) {
            podName = pod.getMetadata().getName();
            podUid = pod.getMetadata().getUid();
            secretUid = pod.getMetadata().getOwnerReferences().stream()
                    .findFirst()
                    .map(OwnerReference::getUid)
                    .orElse(null);
        }

        private boolean isPodThere() {
            return mirror.pod(id)
                    .filter(pod -> pod.getMetadata().getUid().equals(podUid))
                    .isPresent();
        }

        private void askPod() {
            Pod pod = mirror.pod(id).orElse(null);
            if (pod == null || podName == null || podUid == null) {
                return;
            }
            if (isOverdue(pod)) {
                LOG.warn("the machine of session {} does not answer; its pod is given up", id);
                calls.delete("pods", podName, podUid, 0L);
            } else if (pod.getMetadata().getDeletionTimestamp() == null) {
                logs.keep(id, pod);
                // A kubelet takes up to a minute to confirm the end of what it still fetches, though nothing ever ran.
                calls.delete("pods", podName, podUid, PodReading.waitsForImage(pod) ? 0L : null);
            } else if (hasEnded(pod) && !released) {
                // Its machine says that it runs no more, and may take a minute to say that it is gone.
                calls.delete("pods", podName, podUid, 0L);
                released = true;
            }
            asked = true;
        }

        private boolean removeSecret() {
            String name = names.session(id);
            String uid = secretUid;
            if (uid == null) {
                uid = calls.secret(name)
                        .map(secret -> secret.getMetadata().getUid())
                        .orElse(null);
            }
            if (uid != null) {
                calls.delete("secrets", name, uid, null);
            }
            return true;
        }
    }
}
