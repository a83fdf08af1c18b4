package org.datalabs.backend.catalogue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.core.catalogue.Availability;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.CatalogueIndex;
import org.datalabs.core.catalogue.CataloguePage;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.CatalogueResult;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.ManifestProblem;
import org.datalabs.core.identity.UserId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The datazone's catalogue, kept up to date with the operator's folder and with what can run here. It is read while the
 * service starts; who asks earlier waits. Thread-safe.
 */
public final class CatalogueService implements Datalabs, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueService.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration INDEX_FOR = Duration.ofMinutes(1);

    private final ManifestSource builtIn = new ClassPathManifests();
    private final ManifestSource own;
    private final SessionRuntime runtime;
    private final MarkStore marks;
    private final Clock clock;
    private final Consumer<String> changed;
    private final CompletableFuture<CatalogueSnapshot> first = new CompletableFuture<>();
    private final ScheduledExecutorService timer;
    private volatile @Nullable CatalogueSnapshot snapshot;
    private CatalogueSnapshot.@Nullable Parsed parsed;
    private String seen = "";
    private @Nullable Index index;

    /** A search index and what it was made of. */
    private record Index(String revision, Instant madeAt, CatalogueIndex content) {}

    /**
     * @param folder the operator's manifests, or null
     * @param changed told the new revision after each change but the first reading
     */
    public CatalogueService(
            @Nullable Path folder, SessionRuntime runtime, MarkStore marks, Clock clock, Consumer<String> changed) {
        this.own = folder == null ? new NoManifests() : new DirectoryManifests(folder);
        this.runtime = runtime;
        this.marks = marks;
        this.clock = clock;
        this.changed = changed;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "catalogue");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to read the catalogue and to look for changes. */
    public void start() {
        var unused = timer.scheduleWithFixedDelay(this::refresh, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<Datalab> find(DatalabId id) {
        return Optional.ofNullable(current().datalabs().get(id));
    }

    /** A datalab as a user sees it. */
    Optional<CatalogueEntry> entry(UserId user, DatalabId id) {
        CatalogueSnapshot now = current();
        Map<DatalabId, MarkStore.Tally> tallies = marks.tallies(user);
        return Optional.ofNullable(now.datalabs().get(id)).map(datalab -> entry(now, datalab, tallies));
    }

    void mark(UserId user, DatalabId id, @Nullable Boolean starred, @Nullable Boolean bookmarked) {
        marks.mark(user, id, starred, bookmarked);
    }

    /** Up to {@code limit} entries behind the id {@code after}, and a validator of the whole catalogue as the user sees it. */
    Part part(UserId user, @Nullable DatalabId after, int limit) {
        CatalogueSnapshot now = current();
        Map<DatalabId, MarkStore.Tally> tallies = marks.tallies(user);
        List<CatalogueEntry> entries = new ArrayList<>();
        String next = null;
        var rest = after == null ? now.datalabs() : now.datalabs().tailMap(after, false);
        for (Datalab datalab : rest.values()) {
            if (entries.size() == limit) {
                next = entries.get(limit - 1).datalab().id().value();
                break;
            }
            entries.add(entry(now, datalab, tallies));
        }
        String tag = CatalogueSnapshot.digest(now.revision() + new TreeMap<>(tallies));
        return new Part(new CataloguePage(now.revision(), entries, next), tag);
    }

    CatalogueResult search(UserId user, CatalogueQuery query) {
        // One at a time, so that an index is never closed while it is searched; a search takes some milliseconds.
        synchronized (this) {
            return index(user).search(query);
        }
    }

    List<ManifestProblem> problems() {
        return current().problems();
    }

    /** What users should know about manifests that are left out; empty while the catalogue is being read. */
    public Optional<String> notice() {
        CatalogueSnapshot now = snapshot;
        return now == null || now.problems().isEmpty() ? Optional.empty() : Optional.of(leftOut(now.problems()));
    }

    private static String leftOut(List<ManifestProblem> problems) {
        long files = problems.stream().map(ManifestProblem::file).distinct().count();
        String count = files == 1
                ? "A manifest of the catalogue cannot be used, so its datalab is left out: "
                : files + " manifests of the catalogue cannot be used, so their datalabs are left out. The first: ";
        return count + problems.get(0).text();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            if (index != null) {
                index.content().close();
                index = null;
            }
        }
    }

    /** Looks whether anything has changed. */
    private void refresh() {
        try {
            CatalogueSnapshot before = snapshot;
            String fingerprint = own.fingerprint();
            CatalogueSnapshot.Parsed manifests = parsed;
            if (manifests == null || !fingerprint.equals(seen)) {
                manifests = CatalogueSnapshot.parse(builtIn.read(), own.read());
                manifests.problems().forEach(problem -> LOG.warn("a manifest is left out: {}", problem.text()));
                parsed = manifests;
                seen = fingerprint;
            }
            CatalogueSnapshot now =
                    manifests.with(availability(manifests.datalabs().values()));
            if (before == null || !before.revision().equals(now.revision())) {
                snapshot = now;
                first.complete(now);
                LOG.info("the catalogue holds {} datalabs", now.datalabs().size());
                if (before != null) {
                    changed.accept(now.revision());
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("the catalogue could not be read; will try again", e);
        }
    }

    private Map<DatalabId, Availability> availability(Iterable<Datalab> datalabs) {
        Map<DatalabId, Availability> availability = new HashMap<>();
        for (Datalab datalab : datalabs) {
            availability.put(datalab.id(), runtime.availability(datalab.currentVersion(), datalab.kind()));
        }
        return availability;
    }

    private CatalogueSnapshot current() {
        CatalogueSnapshot now = snapshot;
        return now == null ? first.join() : now;
    }

    /** Made when first asked for: whoever never searches here does not pay for it. */
    private CatalogueIndex index(UserId user) {
        CatalogueSnapshot now = current();
        Index known = index;
        Instant time = clock.instant();
        if (known != null
                && known.revision().equals(now.revision())
                && known.madeAt().plus(INDEX_FOR).isAfter(time)) {
            return known.content();
        }
        Map<DatalabId, MarkStore.Tally> tallies = marks.tallies(user);
        List<CatalogueEntry> entries = now.datalabs().values().stream()
                .map(datalab -> entry(now, datalab, tallies))
                .toList();
        CatalogueIndex fresh = CatalogueIndex.of(entries);
        if (known != null) {
            known.content().close();
        }
        index = new Index(now.revision(), time, fresh);
        return fresh;
    }

    private static CatalogueEntry entry(
            CatalogueSnapshot now, Datalab datalab, Map<DatalabId, MarkStore.Tally> tallies) {
        MarkStore.Tally tally = tallies.getOrDefault(datalab.id(), MarkStore.Tally.NONE);
        Availability availability = now.availability().getOrDefault(datalab.id(), Availability.YES);
        return new CatalogueEntry(
                datalab, availability, tally.stars(), tally.runs(), tally.starred(), tally.bookmarked());
    }

    /**
     * A page with the validator of the whole catalogue.
     *
     * @param tag an entity tag without its quotes
     */
    record Part(CataloguePage page, String tag) {}

    /** For a datazone without an operator's folder. */
    private static final class NoManifests implements ManifestSource {
        @Override
        public String fingerprint() {
            return "";
        }

        @Override
        public Reading read() {
            return Reading.NOTHING;
        }
    }
}
