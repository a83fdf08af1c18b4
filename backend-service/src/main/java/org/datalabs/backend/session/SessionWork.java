package org.datalabs.backend.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.backend.volume.Volumes;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look of the reconciler at one session: decides, writes, and carries out. Thread-safe for different sessions. */
final class SessionWork {
    private static final Logger LOG = LoggerFactory.getLogger(SessionWork.class);
    private static final int LAST_LINES = 3;
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration QUICK_PROBE = Duration.ofMillis(25);
    private static final Duration STEADY_PROBE = Duration.ofMillis(50);
    private static final Duration QUICK_FOR = Duration.ofSeconds(10);

    private final SessionBook book;
    private final SessionRuntime runtime;
    private final ReadinessProbe probe;
    private final Volumes volumes;
    private final SessionOrigins origins;
    private final Predicate<SessionId> busy;
    private final Clock clock;
    private final Transition transition;
    private final Alarms alarms;
    private final BiConsumer<SessionId, Duration> wakeIn;
    private final List<BiConsumer<Session, Session>> transitions = new CopyOnWriteArrayList<>();

    /** @param wakeIn has a session looked at again after a time */
    SessionWork(
            SessionBook book,
            SessionRuntime runtime,
            ReadinessProbe probe,
            Volumes volumes,
            SessionOrigins origins,
            Predicate<SessionId> busy,
            Clock clock,
            Transition transition,
            Alarms alarms,
            BiConsumer<SessionId, Duration> wakeIn) {
        this.book = book;
        this.runtime = runtime;
        this.probe = probe;
        this.volumes = volumes;
        this.origins = origins;
        this.busy = busy;
        this.clock = clock;
        this.transition = transition;
        this.alarms = alarms;
        this.wakeIn = wakeIn;
    }

    /** Calls {@code listener} with a session before and after each change that was made here. */
    void onTransition(BiConsumer<Session, Session> listener) {
        transitions.add(listener);
    }

    /** Looks at a session; true when there is nothing of it any more, neither a record nor processes. */
    boolean look(Lane lane) {
        SessionId id = lane.id();
        Instant now = clock.instant();
        Optional<SessionRecord> found = book.record(id);
        Observation observation = runtime.observe(id);
        if (found.isEmpty()) {
            return abandoned(id, observation);
        }
        SessionRecord record = found.get();
        Problem refused = lane.refusedStart();
        Observation seen = observation instanceof Observation.Absent && refused != null
                ? new Observation.Ended(refused, now)
                : observation;
        Facts facts = new Facts(
                seen, busy.test(id), lane.answered(), lane.startedAt(), lane.askedAt(), now, () -> lastLines(id));
        Decision decision = transition.decide(record.session(), facts);
        Session next = decision.next();
        if (!next.equals(record.session())) {
            if (book.update(record.with(next)).isEmpty()) {
                book.refresh(id);
                wakeIn.accept(id, AT_ONCE);
                return false;
            }
            log(record.session(), next);
            transitions.forEach(listener -> listener.accept(record.session(), next));
        }
        if (!(next.state() instanceof SessionState.Starting)) {
            lane.forget();
        }
        if (next.state() instanceof SessionState.Ready) {
            runtime.assign(id, next.owner());
        }
        for (Effect effect : decision.effects()) {
            carryOut(effect, lane, record, seen);
        }
        Instant wakeAt = decision.wakeAt();
        if (wakeAt == null) {
            alarms.clear(id);
        } else {
            alarms.set(id, wakeAt);
        }
        return false;
    }

    /** No session wants it: its record is gone, or says that it is over. */
    private boolean abandoned(SessionId id, Observation observation) {
        alarms.clear(id);
        if (observation instanceof Observation.Absent) {
            return true;
        }
        if (observation instanceof Observation.Stopping) {
            return false; // somebody ends it already, and tells when that is done
        }
        // Memory may be behind the store by a launch of this moment.
        if (book.refresh(id)
                .filter(kept -> !(kept.session().state() instanceof SessionState.Stopped))
                .isPresent()) {
            wakeIn.accept(id, AT_ONCE);
        } else {
            LOG.info("ending processes that no session owns");
            runtime.stop(id);
        }
        return false;
    }

    private void carryOut(Effect effect, Lane lane, SessionRecord record, Observation seen) {
        SessionId id = lane.id();
        if (effect instanceof Effect.Start) {
            start(lane, record);
        } else if (effect instanceof Effect.Stop) {
            runtime.stop(id);
        } else if (effect instanceof Effect.Note note) {
            runtime.note(id, note.text());
        } else if (effect instanceof Effect.Probe) {
            ask(lane, seen);
        } else if (effect instanceof Effect.Remove) {
            Optional<SessionRecord> current = book.refresh(id);
            if (current.isPresent() && book.remove(current.get())) {
                runtime.forget(id);
            }
        }
    }

    private void start(Lane lane, SessionRecord record) {
        SessionId id = lane.id();
        lane.starting(clock.instant());
        Map<VolumeId, Volume> all = volumes.of(record.session().owner());
        Map<VolumeId, Volume> mounted = new HashMap<>();
        for (Mount mount : record.plan().mounts()) {
            Volume volume = all.get(mount.volume());
            String problem = volume == null ? "It was removed." : volume.problem();
            if (volume == null || problem != null) {
                String name = volume == null ? mount.volume().value() : volume.name();
                lane.refuse(Problem.of(
                        ProblemCode.VOLUME_UNAVAILABLE,
                        "The volume " + name + " cannot be mounted. " + problem,
                        "Bring the volume back, or launch without it."));
                wakeIn.accept(id, AT_ONCE);
                return;
            }
            mounted.put(volume.id(), volume);
        }
        runtime.start(new SessionSpec(
                id, record.session().owner(), record.plan(), mounted, origins.root(id), record.token()));
        wakeIn.accept(id, QUICK_PROBE);
    }

    private void ask(Lane lane, Observation seen) {
        if (!lane.ask()) {
            return;
        }
        SessionId id = lane.id();
        Instant asked = clock.instant();
        Duration pause = pause(seen);
        Optional<Endpoint> endpoint = runtime.endpoint(id);
        Optional<SessionDirectory.Entry> entry = book.find(id);
        if (endpoint.isEmpty() || entry.isEmpty()) {
            // It has no address at which it could answer.
            lane.told(asked, false);
            wakeIn.accept(id, pause);
            return;
        }
        probe.answers(entry.get(), endpoint.get()).whenComplete((yes, failure) -> {
            boolean answer = failure == null && yes;
            lane.told(asked, answer);
            wakeIn.accept(id, answer ? AT_ONCE : pause);
        });
    }

    private Duration pause(Observation seen) {
        boolean fresh = seen instanceof Observation.Running running
                && running.since().plus(QUICK_FOR).isAfter(clock.instant());
        return fresh ? QUICK_PROBE : STEADY_PROBE;
    }

    private List<String> lastLines(SessionId id) {
        LogPage page = runtime.log(id, -1, LAST_LINES);
        List<String> lines = new ArrayList<>();
        page.lines().forEach(line -> lines.add(line.text()));
        return lines;
    }

    private static void log(Session before, Session after) {
        if (before.state().getClass() == after.state().getClass()) {
            return;
        }
        if (after.state() instanceof SessionState.Failed failed) {
            LOG.warn("{} failed: {} {}", after.datalab(), failed.code().label(), failed.cause());
        } else {
            LOG.info(
                    "{} is {} after {}",
                    after.datalab(),
                    after.state().getClass().getSimpleName(),
                    before.state().getClass().getSimpleName());
        }
    }
}
