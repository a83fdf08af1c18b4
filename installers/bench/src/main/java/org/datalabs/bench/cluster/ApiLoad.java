package org.datalabs.bench.cluster;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.datalabs.bench.measure.Runs;
import org.jspecify.annotations.Nullable;

/**
 * Users who look at their lists, and some who launch and a little later destroy. Requests are sent at fixed times whether
 * or not earlier ones were answered, and timed from when they were due.
 */
final class ApiLoad implements AutoCloseable {
    private static final long LIST_MILLIS = 50;
    private static final long LAUNCH_MILLIS = 1000;
    private static final long LIVES_SECONDS = 8;

    private final Fleet fleet;
    private final int users;
    private final Random random = new Random(1);
    private final Runs lists = new Runs();
    private final Runs launches = new Runs();
    private final AtomicInteger launchers = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<String> firstFailure = new AtomicReference<>("none");
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

    ApiLoad(Fleet fleet, int users) {
        this.fleet = fleet;
        this.users = users;
        every(LIST_MILLIS, this::list);
        every(LAUNCH_MILLIS, this::launch);
    }

    private void every(long millis, Runnable work) {
        var unused = timer.scheduleAtFixedRate(work, millis, millis, TimeUnit.MILLISECONDS);
    }

    private synchronized int anybody() {
        return random.nextInt(users);
    }

    private void list() {
        var unused = timed(lists, fleet.list(anybody()));
    }

    private void launch() {
        // One after the other, so that nobody's quota is in the way.
        int user = launchers.getAndIncrement() % users;
        var unused = timed(launches, fleet.launch(user))
                .thenAccept(session -> destroyLater(new Fleet.Member(user, session.id())));
    }

    private void destroyLater(Fleet.Member member) {
        Runnable destroys = () -> {
            var unused = fleet.destroy(member).whenComplete((answer, failure) -> note(failure));
        };
        var unused = timer.schedule(destroys, LIVES_SECONDS, TimeUnit.SECONDS);
    }

    private <T> CompletableFuture<T> timed(Runs runs, CompletableFuture<T> answer) {
        long due = System.nanoTime();
        return answer.whenComplete((value, failure) -> {
            long took = System.nanoTime() - due;
            if (failure == null) {
                synchronized (runs) {
                    runs.addNanos(took);
                }
            } else {
                note(failure);
            }
        });
    }

    private void note(@Nullable Throwable failure) {
        if (failure != null) {
            failures.incrementAndGet();
            firstFailure.compareAndSet("none", failure.toString());
        }
    }

    Runs lists() {
        return lists;
    }

    Runs launches() {
        return launches;
    }

    int failures() {
        return failures.get();
    }

    String firstFailure() {
        return firstFailure.get();
    }

    /** Sends nothing more and destroys what it has launched. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(LIVES_SECONDS + 2, TimeUnit.SECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
