package org.datalabs.backend.pool;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.datalabs.backend.http.StoreOutage;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.session.ReadySessions;
import org.datalabs.backend.session.Responsibility;
import org.datalabs.backend.session.SessionBook;
import org.datalabs.backend.session.SessionRecord;
import org.datalabs.backend.session.SessionStore;
import org.datalabs.backend.session.SessionToken;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.LaunchPlan;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the pools full and hands their members out. Members are ordinary sessions that the reconciler starts and ends;
 * here it is only decided that there are to be any. Looks when a member has changed and every few seconds. Thread-safe.
 */
public final class WarmPools implements ReadySessions, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WarmPools.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final String DUTY = "pool/";

    private final PoolPlans plans;
    private final SessionStore store;
    private final SessionBook book;
    private final SessionRuntime runtime;
    private final Responsibility responsibility;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile Set<SessionId> members = Set.of();
    private List<Problem> told = List.of();

    public WarmPools(
            PoolPlans plans,
            SessionStore store,
            SessionBook book,
            SessionRuntime runtime,
            Responsibility responsibility,
            Clock clock) {
        this.plans = plans;
        this.store = store;
        this.book = book;
        this.runtime = runtime;
        this.responsibility = responsibility;
        this.clock = clock;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread named = new Thread(work, "warm-pools");
            named.setDaemon(true);
            return named;
        });
    }

    /** Begins to keep the pools; leaves them as they are when closed. */
    public void start() {
        book.onChange(session -> {
            if (members.contains(session)) {
                wake();
            }
        });
        responsibility.onChange(this::wake);
        var unused = thread.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public List<SessionId> like(LaunchPlan plan) {
        if (plan.version().home() != Home.TEMPORARY) {
            return List.of();
        }
        return book.stock().stream()
                .filter(PoolRules::isReady)
                .filter(member -> plan.asksFor(member.plan()))
                // Its record may not know yet that it has just died.
                .filter(member -> runtime.observe(member.id()) instanceof Observation.Running)
                .map(SessionRecord::id)
                .toList();
    }

    /** How many members are ready of those that this replica looks after. */
    public int readyCount() {
        return (int) book.stock().stream()
                .filter(PoolRules::isReady)
                .filter(member -> responsibility.covers(member.id()))
                .count();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void wake() {
        if (asked.compareAndSet(false, true)) {
            try {
                thread.execute(this::look);
            } catch (RejectedExecutionException e) {
                LOG.debug("pools are not kept any more");
            }
        }
    }

    void look() {
        asked.set(false);
        try {
            keep();
        } catch (RuntimeException e) {
            if (StoreOutage.caused(e)) {
                LOG.debug("pools wait for the database", e);
            } else {
                LOG.error("pools could not be kept; will try again", e);
            }
        }
    }

    private void keep() {
        PoolPlans.Outcome outcome = plans.outcome();
        tell(outcome.problems());
        List<SessionRecord> known = book.stock();
        members = known.stream().map(SessionRecord::id).collect(Collectors.toUnmodifiableSet());
        PoolRules.Steps steps = decide(outcome.pools(), known);
        steps.end().forEach(this::end);
        if (!steps.begin().isEmpty()) {
            begin(outcome.pools());
        }
        if (responsibility.covers(DUTY)) {
            store.clearStock().forEach(runtime::forget);
        }
    }

    /** Only about the datalabs whose pools this replica keeps. */
    private PoolRules.Steps decide(List<Pool> pools, List<SessionRecord> all) {
        return PoolRules.decide(
                pools.stream().filter(pool -> keeps(pool.plan().datalab())).toList(),
                all.stream().filter(member -> keeps(member.plan().datalab())).toList(),
                clock.instant());
    }

    private boolean keeps(DatalabId datalab) {
        return responsibility.covers(DUTY + datalab);
    }

    /** Decides once more from what the store has, where nobody else decides at the same time. */
    private void begin(List<Pool> pools) {
        List<SessionRecord> begun = book.stock(kept -> {
            List<SessionRecord> fresh = new ArrayList<>();
            for (LaunchPlan plan : decide(pools, kept).begin()) {
                fresh.add(SessionRecord.begin(
                        SessionId.random(random), UserId.PLATFORM, plan, SessionToken.random(random), clock.instant()));
            }
            return fresh;
        });
        Set<SessionId> all = book.stock().stream().map(SessionRecord::id).collect(Collectors.toUnmodifiableSet());
        members = all;
        begun.forEach(member -> LOG.info(
                "session {} begins for the pool of {}",
                member.id(),
                member.plan().datalab()));
    }

    private void end(SessionRecord member) {
        Session session = member.session();
        SessionId id = member.id();
        if (session.state() instanceof SessionState.Failed) {
            if (book.remove(member)) {
                runtime.stop(id);
                runtime.forget(id);
            }
            return;
        }
        SessionState next = session.state().holdsQuota() ? new SessionState.Stopping(clock.instant()) : session.state();
        if (book.update(member.with(session.with(Desired.DESTROYED, next))).isPresent()) {
            LOG.info("session {} is ended, which the pool of {} does not need", id, session.datalab());
        }
    }

    private void tell(List<Problem> problems) {
        if (!problems.equals(told)) {
            problems.forEach(problem -> LOG.warn("a pool is not kept: {}", problem.text()));
            told = problems;
        }
    }
}
