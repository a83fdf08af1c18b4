package org.datalabs.desktop.datazone;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.api.DatazoneInfo;
import org.datalabs.core.api.Me;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.client.EventListener;
import org.datalabs.core.client.EventStream;
import org.datalabs.core.client.StreamState;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.Session;
import org.datalabs.core.volume.Volume;
import org.datalabs.desktop.problem.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Keeps in touch with one datazone: opens it, reads everything when its events begin anew, hands on what it tells, and
 * measures how long it takes to answer. What is lost is tried again until {@link #close()}.
 *
 * <p>One thread of its own does everything in order; the event stream and other threads only leave letters for it.
 */
final class DatazoneLink implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DatazoneLink.class.getName());
    private static final Duration PING_EVERY = Duration.ofSeconds(15);

    /** The first answers are slow because everything is used for the first time. */
    private static final Duration FIRST_PING_AFTER = Duration.ofSeconds(1);

    /** Datazones begin their events with a resync; one that does not is read after this time. */
    private static final Duration RESYNC_WITHIN = Duration.ofSeconds(3);

    private final DatazoneAccess access;
    private final ConnectionWatcher watcher;
    private final Backoff backoff;
    private final Executor readers;
    private final Clock clock;
    private final RandomGenerator random;
    private final Thread thread;
    private final BlockingQueue<Letter> letters = new LinkedBlockingQueue<>();
    private final Object lock = new Object();

    private @Nullable DatazoneClient client;
    private volatile boolean closed;

    // Of the link's thread.
    private long attempt;
    private @Nullable Instant offlineSince;
    private @Nullable Instant onlineSince;
    private @Nullable Problem lastCause;

    private sealed interface Letter {
        record News(long attempt, DatazoneEvent event) implements Letter {}

        record Stream(long attempt, StreamState state) implements Letter {}

        record Retry() implements Letter {}
    }

    DatazoneLink(
            String name,
            DatazoneAccess access,
            ConnectionWatcher watcher,
            Backoff backoff,
            Executor readers,
            Clock clock,
            RandomGenerator random) {
        this.access = access;
        this.watcher = watcher;
        this.backoff = backoff;
        this.readers = readers;
        this.clock = clock;
        this.random = random;
        this.thread = new Thread(this::run, "datazone " + name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends a wait between two attempts; without effect while online. Any thread. */
    void retryNow() {
        letters.add(new Letter.Retry());
    }

    /** Ends the link and fails the calls under way; waits only for a datazone that the app itself runs. Any thread. */
    @Override
    public void close() {
        closed = true;
        synchronized (lock) {
            if (client != null) {
                client.close();
            }
        }
        thread.interrupt();
        access.close();
    }

    private void run() {
        int failures = 0;
        try {
            while (!closed) {
                Problem cause = connectOnce();
                if (closed) {
                    return;
                }
                failures = wasStable() ? 1 : failures + 1;
                Duration wait = backoff.delay(failures, random);
                goOffline(cause, clock.instant().plus(wait));
                await(wait);
            }
        } catch (InterruptedException ended) {
            LOG.log(Level.DEBUG, "The link to a datazone ends", ended);
        }
    }

    /** A datazone that goes down as soon as it is up is not asked faster and faster. */
    private boolean wasStable() {
        Instant since = onlineSince;
        onlineSince = null;
        return since != null && since.plus(backoff.most()).isBefore(clock.instant());
    }

    /** Connects and stays connected; the answer is why that came to an end. */
    private Problem connectOnce() throws InterruptedException {
        attempt++;
        if (offlineSince == null) {
            watcher.onConnection(new Connection.Connecting(access.opening()));
        }
        try {
            Endpoint endpoint = access.open();
            try (DatazoneClient opened =
                    new DatazoneClient(endpoint.address(), () -> Optional.ofNullable(endpoint.token()))) {
                publish(opened);
                try (EventStream stream = EventStream.open(opened, listener(attempt))) {
                    return follow(opened, stream);
                }
            }
        } catch (ProblemException failed) {
            return access.explain(failed.problem());
        } catch (RuntimeException unforeseen) {
            if (closed) {
                throw new InterruptedException();
            }
            return Problems.of(unforeseen);
        }
    }

    private void publish(DatazoneClient opened) {
        synchronized (lock) {
            client = opened;
            if (closed) {
                opened.close();
            }
        }
        watcher.onClient(opened);
    }

    private EventListener listener(long ofAttempt) {
        return new EventListener() {
            @Override
            public void onEvent(DatazoneEvent event) {
                letters.add(new Letter.News(ofAttempt, event));
            }

            @Override
            public void onState(StreamState state) {
                letters.add(new Letter.Stream(ofAttempt, state));
            }
        };
    }

    private Problem follow(DatazoneClient opened, EventStream stream) throws InterruptedException {
        boolean connected = false;
        boolean read = false;
        boolean measured = false;
        while (true) {
            Duration patience = connected && !read ? RESYNC_WITHIN : measured ? PING_EVERY : FIRST_PING_AFTER;
            Letter letter = letters.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (letter == null) {
                if (connected && !read) {
                    readAll(opened);
                    read = true;
                } else if (connected) {
                    goOnline(ping(opened));
                    measured = true;
                }
            } else if (letter instanceof Letter.Retry) {
                if (!connected) {
                    stream.retryNow();
                }
            } else if (letter instanceof Letter.News news && news.attempt() == attempt) {
                if (news.event() instanceof DatazoneEvent.Resync) {
                    readAll(opened);
                    read = true;
                } else if (read) {
                    take(opened, news.event());
                }
            } else if (letter instanceof Letter.Stream change && change.attempt() == attempt) {
                connected = change.state() instanceof StreamState.Connected;
                if (connected && read) {
                    goOnline(ping(opened));
                } else if (change.state() instanceof StreamState.Waiting waiting) {
                    Problem cause = access.explain(waiting.cause());
                    if (access.isGone()) {
                        return cause;
                    }
                    goOffline(cause, clock.instant().plus(waiting.retryIn()));
                } else if (change.state() instanceof StreamState.Connecting) {
                    goOnTrying();
                }
            }
        }
    }

    private void take(DatazoneClient opened, DatazoneEvent event) {
        if (event instanceof DatazoneEvent.VolumesChanged) {
            watcher.onVolumes(opened.volumes());
        } else if (event instanceof DatazoneEvent.CatalogueChanged) {
            CompletableFuture<?> unused = watcher.readCatalogue(opened).exceptionally(failure -> {
                LOG.log(Level.WARNING, "A changed catalogue could not be read", failure);
                return null;
            });
        } else {
            watcher.onEvent(event);
        }
    }

    /** Reads in parallel, since a far datazone takes its time for each answer. */
    private void readAll(DatazoneClient opened) {
        CompletableFuture<?> catalogue = watcher.readCatalogue(opened);
        CompletableFuture<Me> me = CompletableFuture.supplyAsync(opened::me, readers);
        CompletableFuture<List<Session>> sessions = CompletableFuture.supplyAsync(opened::sessions, readers);
        CompletableFuture<List<Volume>> volumes = CompletableFuture.supplyAsync(opened::volumes, readers);
        long begin = System.nanoTime();
        DatazoneInfo info = opened.info();
        long roundTrip = millisSince(begin);
        try {
            watcher.onRead(new ConnectionWatcher.FirstRead(info, me.join(), sessions.join(), volumes.join()));
            catalogue.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof ProblemException problem
                    ? problem
                    : new ProblemException(Problems.of(failed), failed);
        }
        goOnline(roundTrip);
    }

    private long ping(DatazoneClient opened) {
        long begin = System.nanoTime();
        watcher.onInfo(opened.info());
        return millisSince(begin);
    }

    private static long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    private void goOnline(long roundTrip) {
        access.answered();
        offlineSince = null;
        if (onlineSince == null) {
            onlineSince = clock.instant();
        }
        watcher.onConnection(new Connection.Online(roundTrip));
    }

    private void goOffline(Problem cause, @Nullable Instant nextTry) {
        Instant since = offlineSince;
        if (since == null) {
            since = clock.instant();
            offlineSince = since;
            LOG.log(Level.INFO, thread.getName() + " is offline: " + cause.text());
        }
        lastCause = cause;
        watcher.onConnection(new Connection.Offline(since, cause, nextTry));
    }

    /** Says that an attempt is under way, if there was one before. */
    private void goOnTrying() {
        Instant since = offlineSince;
        Problem cause = lastCause;
        if (since != null && cause != null) {
            watcher.onConnection(new Connection.Offline(since, cause, null));
        }
    }

    /** Waits, but not longer than until somebody wants an attempt now. */
    private void await(Duration wait) throws InterruptedException {
        long until = System.nanoTime() + wait.toNanos();
        for (long left = wait.toNanos(); left > 0; left = until - System.nanoTime()) {
            Letter letter = letters.poll(left, TimeUnit.NANOSECONDS);
            if (letter == null || letter instanceof Letter.Retry) {
                break;
            }
        }
        goOnTrying();
    }
}
