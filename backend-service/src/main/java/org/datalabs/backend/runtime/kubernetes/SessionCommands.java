package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.SessionId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and ends what sessions are made of. Remembers only what is under way here; what has happened, the cluster tells.
 * A start that the API server cannot take is tried again a few times and then left to the reconciler, which asks again
 * as long as the session is wanted. Thread-safe; commands return at once.
 */
final class SessionCommands {
    private static final Logger LOG = LoggerFactory.getLogger(SessionCommands.class);
    private static final int TRIES = 5;
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration FULL_RETRY = Duration.ofSeconds(5);

    /** As many as keep the workers busy; more would only all be late, and hold up the ends of sessions. */
    private static final int AT_ONCE = 8;

    /** From when on a start that is in the queue is told to be. */
    private static final Duration QUEUED = Duration.ofSeconds(5);

    private static final String QUEUED_REASON =
            "Many datalabs are being started at this moment, and others were before this one.";
    private static final String QUEUED_REMEDY = "";

    private final ClusterCalls calls;
    private final SessionObjects objects;
    private final PodMirror mirror;
    private final SessionEnds ends;
    private final Clock clock;
    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final Consumer<SessionId> changed;
    private final Map<SessionId, Attempt> attempts = new ConcurrentHashMap<>();
    private final Map<SessionId, Observation.Ended> refused = new ConcurrentHashMap<>();
    private final Queue<Attempt> queue = new ConcurrentLinkedQueue<>();
    private final Semaphore free = new Semaphore(AT_ONCE);

    SessionCommands(
            ClusterCalls calls,
            SessionObjects objects,
            PodMirror mirror,
            SessionEnds ends,
            Clock clock,
            Executor workers,
            ScheduledExecutorService timer,
            Consumer<SessionId> changed) {
        this.calls = calls;
        this.objects = objects;
        this.mirror = mirror;
        this.ends = ends;
        this.clock = clock;
        this.workers = workers;
        this.timer = timer;
        this.changed = changed;
    }

    void start(SessionSpec spec) {
        SessionId id = spec.id();
        if (mirror.pod(id).isPresent() || refused.containsKey(id) || ends.isUnderWay(id)) {
            return;
        }
        Pod pod;
        try {
            pod = objects.pod(spec);
        } catch (ProblemException e) {
            refused.put(id, new Observation.Ended(e.problem(), clock.instant()));
            changed.accept(id);
            return;
        }
        Attempt attempt = new Attempt(spec, pod, clock.instant());
        if (attempts.putIfAbsent(id, attempt) == null) {
            enqueue(attempt);
        }
    }

    private void enqueue(Attempt attempt) {
        queue.add(attempt);
        goOn();
    }

    /** Begins with those whose turn it is. */
    private void goOn() {
        while (!queue.isEmpty() && free.tryAcquire()) {
            Attempt next = queue.poll();
            if (next == null || !next.begin()) {
                free.release();
            }
        }
    }

    void stop(SessionId id) {
        refused.remove(id);
        Attempt attempt = attempts.get(id);
        if (attempt == null) {
            ends.begin(id);
        } else {
            attempt.cancel();
        }
    }

    /** What is known of a session that the cluster does not show yet. */
    Optional<Observation> observe(SessionId id) {
        Observation.Ended ended = refused.get(id);
        if (ended != null) {
            return Optional.of(ended);
        }
        return Optional.ofNullable(attempts.get(id)).map(Attempt::observation);
    }

    boolean isUnderWay(SessionId id) {
        return attempts.containsKey(id) || ends.isUnderWay(id);
    }

    /** The making of one session's objects. */
    private final class Attempt {
        private final SessionSpec spec;
        private final Pod pod;
        private final Instant since;
        private int tries;
        private boolean running;
        private volatile boolean cancelled;
        private volatile boolean full;
        private volatile boolean begun;

        Attempt(SessionSpec spec, Pod pod, Instant since) {
            this.spec = spec;
            this.pod = pod;
            this.since = since;
        }

        Observation observation() {
            var steps = StartReading.asked(since, clock.instant());
            if (cancelled) {
                return new Observation.Stopping();
            }
            if (full) {
                return new Observation.Waiting(Refusal.FULL_REASON, Refusal.FULL_REMEDY, steps);
            }
            boolean queued = !begun && since.plus(QUEUED).isBefore(clock.instant());
            return queued
                    ? new Observation.Waiting(QUEUED_REASON, QUEUED_REMEDY, steps)
                    : new Observation.Starting(steps);
        }

        /** Ends it once no request of it is under way, so that none comes after the end. */
        void cancel() {
            boolean idle;
            synchronized (this) {
                cancelled = true;
                idle = !running;
            }
            if (idle) {
                leave();
            }
        }

        /** Makes the requests; false when none will be made. */
        boolean begin() {
            synchronized (this) {
                if (cancelled) {
                    return false;
                }
                running = true;
                tries++;
                begun = true;
            }
            try {
                // The home belongs to nobody else and can be made beside the secret; the rest needs the secret's uid.
                CompletableFuture<Secret> secret =
                        CompletableFuture.supplyAsync(() -> calls.ensure(objects.secret(spec)), workers);
                CompletableFuture<Void> home =
                        CompletableFuture.runAsync(() -> objects.home(spec).ifPresent(calls::offer), workers);
                var unused = secret.thenCombine(home, (made, nothing) -> made)
                        .thenCompose(this::rest)
                        .whenComplete((nothing, failure) -> finished(failure));
                return true;
            } catch (RejectedExecutionException e) {
                LOG.debug("the engine is closed");
                return false;
            }
        }

        private CompletableFuture<Void> rest(Secret secret) {
            if (cancelled) {
                return CompletableFuture.completedFuture(null);
            }
            OwnerReference owner = objects.owner(spec.id(), secret.getMetadata().getUid());
            // The pod comes last: once it is there nobody makes the rest any more, and it must not run without its
            // policy.
            return CompletableFuture.allOf(
                            CompletableFuture.runAsync(() -> calls.offer(objects.policy(spec, owner)), workers),
                            CompletableFuture.runAsync(() -> calls.offer(objects.service(spec, owner)), workers))
                    .thenRunAsync(() -> mirror.learn(calls.ensure(objects.owned(pod, owner))), workers);
        }

        private void finished(@Nullable Throwable thrown) {
            free.release();
            boolean over;
            synchronized (this) {
                running = false;
                over = cancelled;
            }
            Throwable failure = thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown;
            if (over) {
                leave();
            } else if (failure == null) {
                attempts.remove(spec.id(), this);
            } else {
                failed(failure);
            }
            changed.accept(spec.id());
            goOn();
        }

        private void failed(Throwable failure) {
            Refusal refusal = Refusal.of(failure);
            full = refusal == Refusal.FULL;
            if (refusal == Refusal.FINAL) {
                LOG.warn("session {} was refused", spec.id(), failure);
                refused.put(spec.id(), new Observation.Ended(Refusal.problem(failure), clock.instant()));
                attempts.remove(spec.id(), this);
            } else if (full) {
                again(FULL_RETRY);
            } else if (tries < TRIES) {
                LOG.debug("session {} could not be started; will try again", spec.id(), failure);
                again(FIRST_RETRY.multipliedBy(1L << tries));
            } else {
                LOG.warn("session {} could not be started for now: {}", spec.id(), failure.toString());
                attempts.remove(spec.id(), this);
            }
        }

        private void again(Duration delay) {
            try {
                var unused = timer.schedule(() -> enqueue(this), delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("the engine is closed");
            }
        }

        private void leave() {
            ends.begin(spec.id());
            attempts.remove(spec.id(), this);
        }
    }
}
