package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of one kind that a selection holds, kept by a list and a watch after it (Kubernetes API concepts,
 * "Efficient detection of changes").
 *
 * <p>A watch is asked to end by itself after {@link Timing#watch}. One that has not ended a little later is dead however
 * alive its connection looks: it is cut and everything is listed anew. So what is known here is never behind by more than
 * that, and a plain list now and then makes good for what nobody thought of. While the API server does not answer,
 * what was known last stays. Thread-safe.
 *
 * @param <T> the kind; kept in the form that {@code trim} gives it
 */
final class Watched<T extends HasMetadata> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watched.class);
    private static final long PAGE = 500;
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);
    private static final long SHORT_LIFE_NANOS = Duration.ofSeconds(1).toNanos();

    /** A selection of objects at the API server; calls block. */
    interface Selection<T extends HasMetadata> {
        KubernetesResourceList<T> list(ListOptions options);

        Watch watch(ListOptions options, Watcher<T> watcher);
    }

    /** What is told of an object after it changed, appeared or went. */
    interface Listener<T> {
        /**
         * News of an object.
         *
         * @param gone whether it exists no more
         */
        void changed(T object, boolean gone);
    }

    /**
     * How long things may take.
     *
     * @param watch how long one watch lasts, whole seconds
     * @param patience how much later than that its end may come
     * @param relist how long until everything is listed again
     */
    record Timing(Duration watch, Duration patience, Duration relist) {
        static final Timing DEFAULT = new Timing(Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofMinutes(5));
    }

    private final String what;
    private final Selection<T> selection;
    private final UnaryOperator<T> trim;
    private final Listener<T> listener;
    private final ScheduledExecutorService threads;
    private final Timing timing;
    /** By name; of one namespace, or of a kind without namespaces. */
    private final Map<String, T> objects = new ConcurrentHashMap<>();

    private final CompletableFuture<Void> complete = new CompletableFuture<>();

    private @Nullable Connection connection;
    private String position = "";
    private long listedAt;
    private int failures;
    private boolean closed;

    Watched(
            String what,
            Selection<T> selection,
            UnaryOperator<T> trim,
            Listener<T> listener,
            ScheduledExecutorService threads,
            Timing timing) {
        this.what = what;
        this.selection = selection;
        this.trim = trim;
        this.listener = listener;
        this.threads = threads;
        this.timing = timing;
    }

    /** Begins; the result is done when everything is known for the first time. */
    CompletableFuture<Void> begin() {
        in(Duration.ZERO, this::list);
        return complete;
    }

    @Nullable
    T get(String name) {
        return objects.get(name);
    }

    Collection<T> all() {
        return objects.values();
    }

    /** Takes over what an answer to an own request told, unless news are known already. */
    void learn(T object) {
        change(object, false);
    }

    @Override
    public void close() {
        Connection last;
        synchronized (this) {
            closed = true;
            last = connection;
            connection = null;
        }
        if (last != null) {
            last.cut();
        }
    }

    private void list() {
        Map<String, T> found = new HashMap<>();
        String version;
        try {
            String next = null;
            do {
                KubernetesResourceList<T> page = selection.list(new ListOptionsBuilder()
                        .withLimit(PAGE)
                        .withContinue(next)
                        .build());
                page.getItems().forEach(item -> found.put(item.getMetadata().getName(), trim.apply(item)));
                version = page.getMetadata().getResourceVersion();
                next = page.getMetadata().getContinue();
            } while (next != null && !next.isEmpty());
        } catch (RuntimeException e) {
            retry(e, this::list);
            return;
        }
        replace(found, version);
        complete.complete(null);
        watch();
    }

    private void replace(Map<String, T> found, String version) {
        List<Runnable> news = new ArrayList<>();
        synchronized (this) {
            position = version;
            listedAt = System.nanoTime();
            failures = 0;
            Set<String> names = new HashSet<>(objects.keySet());
            names.removeAll(found.keySet());
            for (String name : names) {
                T known = objects.get(name);
                // One that an own request made after the list was taken is not gone.
                if (known != null && !isNewer(known, version)) {
                    objects.remove(name);
                    news.add(() -> listener.changed(known, true));
                }
            }
            found.forEach((name, object) -> {
                T known = objects.get(name);
                if (known == null || isNewer(object, known)) {
                    objects.put(name, object);
                    news.add(() -> listener.changed(object, false));
                }
            });
        }
        news.forEach(Runnable::run);
    }

    private void watch() {
        Connection next = new Connection();
        String from;
        synchronized (this) {
            if (closed) {
                return;
            }
            from = position;
            connection = next;
        }
        ListOptions options = new ListOptionsBuilder()
                .withResourceVersion(from)
                .withAllowWatchBookmarks(true)
                .withTimeoutSeconds(timing.watch().toSeconds())
                .build();
        in(timing.watch().plus(timing.patience()), next::expect);
        try {
            next.opened(selection.watch(options, next));
        } catch (RuntimeException e) {
            if (ends(next)) {
                retry(e, this::list);
            }
        }
    }

    private void change(T object, boolean gone) {
        T kept = trim.apply(object);
        synchronized (this) {
            String name = kept.getMetadata().getName();
            T known = objects.get(name);
            if (known != null && isNewer(known, kept)) {
                return;
            }
            if (gone) {
                objects.remove(name);
            } else {
                objects.put(name, kept);
            }
        }
        listener.changed(kept, gone);
    }

    private void retry(RuntimeException failure, Runnable work) {
        Duration delay;
        boolean first;
        synchronized (this) {
            first = failures == 0;
            delay = pause(failures);
            failures++;
        }
        if (first) {
            LOG.warn("{} cannot be watched; will try again: {}", what, failure.toString());
        } else {
            LOG.debug("{} still cannot be watched", what, failure);
        }
        in(delay, work);
    }

    private static Duration pause(int failures) {
        Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(failures, 10));
        return delay.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : delay;
    }

    private void in(Duration delay, Runnable work) {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        try {
            var unused = threads.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} are watched no more", what);
        }
    }

    /** Whether {@code gone} was the current connection, which it is no more. */
    private synchronized boolean ends(Connection gone) {
        if (connection != gone) {
            return false;
        }
        connection = null;
        return !closed;
    }

    private synchronized boolean isCurrent(Connection asking) {
        return connection == asking;
    }

    private synchronized boolean isDue() {
        return System.nanoTime() - listedAt > timing.relist().toNanos();
    }

    private synchronized void moveTo(@Nullable String version) {
        if (version != null) {
            position = version;
        }
    }

    private static boolean isNewer(HasMetadata one, HasMetadata other) {
        return isNewer(one, other.getMetadata().getResourceVersion());
    }

    /** Versions are opaque by the API's word and numbers in fact; if they ever are not, the watch's order decides. */
    private static boolean isNewer(HasMetadata one, @Nullable String version) {
        try {
            return version != null
                    && Long.parseUnsignedLong(one.getMetadata().getResourceVersion()) > Long.parseUnsignedLong(version);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** One watch. */
    private final class Connection implements Watcher<T> {
        private final long began = System.nanoTime();
        private @Nullable Watch watch;

        void opened(Watch opened) {
            synchronized (this) {
                watch = opened;
            }
            if (!isCurrent(this)) {
                cut();
            }
        }

        void expect() {
            if (ends(this)) {
                LOG.warn("the watch of {} went silent; everything is listed anew", what);
                cut();
                list();
            }
        }

        void cut() {
            Watch open;
            synchronized (this) {
                open = watch;
            }
            if (open != null) {
                open.close();
            }
        }

        @Override
        public void eventReceived(Action action, T object) {
            if (!isCurrent(this)) {
                return;
            }
            if (action != Action.BOOKMARK && action != Action.ERROR) {
                change(object, action == Action.DELETED);
            }
            if (action != Action.ERROR) {
                moveTo(object.getMetadata().getResourceVersion());
            }
        }

        @Override
        public void onClose() {
            ended(null);
        }

        @Override
        public void onClose(WatcherException cause) {
            ended(cause);
        }

        private void ended(@Nullable WatcherException cause) {
            if (!ends(this)) {
                return;
            }
            if ((cause != null && cause.isHttpGone()) || isDue()) {
                in(Duration.ZERO, Watched.this::list);
            } else if (System.nanoTime() - began > SHORT_LIFE_NANOS) {
                in(Duration.ZERO, Watched.this::watch);
            } else {
                in(FIRST_RETRY, Watched.this::list);
            }
        }
    }

    /** Calls {@code each} for everything known. */
    void forEach(Consumer<T> each) {
        objects.values().forEach(each);
    }
}
