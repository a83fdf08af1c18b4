package org.datalabs.backend.session;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.session.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciler remembers of one session between its looks: calls that wait for the next one, and how far its start has
 * come. Calls come from any thread, the rest from the one that looks at the session.
 */
final class Lane {
    private final SessionId id;
    private final AtomicInteger calls = new AtomicInteger();
    /** How many calls the current look answers. */
    private int taken;

    private volatile long calledAt;
    private volatile boolean answered;
    private volatile boolean asking;
    private volatile @Nullable Instant askedAt;
    private @Nullable Instant startedAt;
    private @Nullable Problem refusedStart;

    Lane(SessionId id) {
        this.id = id;
    }

    SessionId id() {
        return id;
    }

    /** Asks for a look; true when nobody had asked for one yet, so that the caller is to bring it about. */
    boolean call() {
        boolean first = calls.getAndIncrement() == 0;
        if (first) {
            calledAt = System.nanoTime();
        }
        return first;
    }

    /** Whether no look is under way or asked for. */
    boolean isAtRest() {
        return calls.get() == 0;
    }

    /** Begins a look, which answers all calls until now; tells for how long the first of them has waited. */
    Duration begin() {
        taken = calls.get();
        return Duration.ofNanos(System.nanoTime() - calledAt);
    }

    /** Ends a look; true when there were calls meanwhile, so that the caller is to bring about the next one. */
    boolean end() {
        boolean called = calls.addAndGet(-taken) > 0;
        if (called) {
            calledAt = System.nanoTime();
        }
        return called;
    }

    /** Forgets its start: it has come to its end, or others look after it. */
    void forget() {
        answered = false;
        askedAt = null;
        startedAt = null;
        refusedStart = null;
    }

    /** Notes that the runtime is asked to start it, and that processes of before do not count. */
    void starting(Instant now) {
        answered = false;
        if (startedAt == null) {
            startedAt = now;
        }
    }

    /** When the runtime was first asked for this start, or null. */
    @Nullable
    Instant startedAt() {
        return startedAt;
    }

    /** Notes why it is not even tried to start it. */
    void refuse(Problem problem) {
        refusedStart = problem;
    }

    @Nullable
    Problem refusedStart() {
        return refusedStart;
    }

    /** Begins to ask the datalab for its answer; false when it is being asked already. */
    boolean ask() {
        boolean free = !asking;
        asking = true;
        return free;
    }

    /** Ends what {@link #ask} began. */
    void told(Instant asked, boolean answer) {
        asking = false;
        askedAt = asked;
        answered = answer;
    }

    /** Whether the datalab has answered since its processes were last started. */
    boolean answered() {
        return answered;
    }

    /** When it was last asked for its answer, if it has told since whether it has one. */
    @Nullable
    Instant askedAt() {
        return askedAt;
    }
}
