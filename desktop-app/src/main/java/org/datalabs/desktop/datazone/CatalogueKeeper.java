package org.datalabs.desktop.datazone;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.CatalogueIndex;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.CatalogueResult;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.client.CatalogueDownload;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.desktop.datazone.CatalogueFile.Kept;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.problem.Problems;
import org.datalabs.desktop.task.SerialExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Holds the last catalogue of a datazone: reads it from the disk at first, takes newer ones, keeps them on the disk, and
 * searches them. The index is built when somebody searches first, and from then on anew for each new catalogue while the
 * old one still answers.
 *
 * <p>Thread-safe: files and indexes are made by one series of jobs, searches run in another.
 */
final class CatalogueKeeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CatalogueKeeper.class.getName());

    private final CatalogueFile file;
    private final Consumer<CatalogueSnapshot> publish;
    private final Executor ui;
    private final Clock clock;
    private final Executor writer;
    private final Executor searcher;
    private final Texts texts = Texts.of(CatalogueKeeper.class);
    private final CompletableFuture<Void> loaded;

    private volatile Kept kept = Kept.NOTHING;
    private volatile boolean searched;
    private volatile boolean closed;

    // Of the searches.
    private @Nullable CatalogueIndex index;

    /**
     * @param publish gets each new catalogue, on a thread of {@code threads}
     * @param threads where the work is done
     * @param ui where searches complete
     */
    CatalogueKeeper(
            CatalogueFile file, Consumer<CatalogueSnapshot> publish, Executor threads, Executor ui, Clock clock) {
        this.file = file;
        this.publish = publish;
        this.ui = ui;
        this.clock = clock;
        this.writer = new SerialExecutor(threads);
        this.searcher = new SerialExecutor(threads);
        this.loaded = CompletableFuture.runAsync(this::load, writer);
    }

    private void load() {
        Kept read = file.read();
        if (!read.snapshot().isNone()) {
            kept = read;
            publish.accept(read.snapshot());
        }
    }

    /** Reads the catalogue anew unless the datazone still has the one that is held. */
    CompletableFuture<Void> refresh(DatazoneClient client) {
        return CompletableFuture.runAsync(
                () -> {
                    Optional<CatalogueDownload> newer = client.catalogue(kept.etag());
                    Instant now = clock.instant();
                    if (newer.isPresent()) {
                        take(newer.get(), now);
                    } else {
                        confirmAt(now);
                    }
                },
                writer);
    }

    private void take(CatalogueDownload newer, Instant now) {
        boolean first = kept.snapshot().isNone();
        Kept taken = new Kept(CatalogueSnapshot.of(newer.revision(), now, newer.entries()), newer.etag());
        kept = taken;
        if (searched) {
            exchangeIndex(taken.snapshot(), first);
        }
        publish.accept(taken.snapshot());
        write(taken);
    }

    /** Takes a changed entry, such as one with other marks; its words are as they were. */
    CompletableFuture<Void> put(CatalogueEntry entry) {
        return CompletableFuture.runAsync(
                () -> {
                    Kept old = kept;
                    CatalogueSnapshot snapshot = old.snapshot();
                    Map<DatalabId, CatalogueEntry> entries = new HashMap<>(snapshot.byId());
                    entries.put(entry.datalab().id(), entry);
                    // The validator was for the catalogue without this change.
                    Kept changed = new Kept(
                            new CatalogueSnapshot(snapshot.revision(), snapshot.readAt(), Map.copyOf(entries)), null);
                    kept = changed;
                    publish.accept(changed.snapshot());
                    write(changed);
                },
                writer);
    }

    /** Notes that the held catalogue is the datazone's at this moment. */
    void confirm() {
        Instant now = clock.instant();
        writer.execute(() -> confirmAt(now));
    }

    private void confirmAt(Instant now) {
        CatalogueSnapshot snapshot = kept.snapshot();
        if (snapshot.isNone() || !snapshot.readAt().isBefore(now)) {
            return;
        }
        kept = new Kept(new CatalogueSnapshot(snapshot.revision(), now, snapshot.byId()), kept.etag());
        publish.accept(kept.snapshot());
        try {
            file.confirm(snapshot.revision(), now);
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "The age of the catalogue could not be kept", failure);
        }
    }

    private void write(Kept changed) {
        try {
            file.write(changed);
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "The catalogue could not be kept for use without its datazone", failure);
        }
    }

    /** Completes on the user interface's thread; a search that was cancelled before its turn is not carried out. */
    CompletableFuture<CatalogueResult> search(CatalogueQuery query) {
        CompletableFuture<CatalogueResult> answer = new CompletableFuture<>();
        searcher.execute(() -> {
            if (answer.isDone()) {
                return;
            }
            try {
                CatalogueResult result = currentIndex().search(query);
                ui.execute(() -> answer.complete(result));
            } catch (RuntimeException failure) {
                ProblemException told = unsearchable(failure);
                ui.execute(() -> answer.completeExceptionally(told));
            }
        });
        return answer;
    }

    private CatalogueIndex currentIndex() {
        CatalogueIndex built = index;
        if (built == null) {
            loaded.join();
            searched = true;
            built = CatalogueIndex.of(kept.snapshot().byId().values());
            index = built;
            writer.execute(built::warmUp);
        }
        return built;
    }

    /** Comes before the catalogue is published, so that whoever searches then finds what is in it. */
    private void exchangeIndex(CatalogueSnapshot snapshot, boolean first) {
        CatalogueIndex newer = CatalogueIndex.of(snapshot.byId().values());
        if (first) {
            // Nothing can be searched meanwhile, so there is nothing to wait for.
            writer.execute(newer::warmUp);
        } else {
            newer.warmUp();
        }
        searcher.execute(() -> {
            CatalogueIndex older = index;
            index = newer;
            if (older != null) {
                close(older);
            }
            if (closed) {
                index = null;
                close(newer);
            }
        });
    }

    private ProblemException unsearchable(RuntimeException failure) {
        if (failure instanceof ProblemException known) {
            return known;
        }
        ProblemCode code = Problems.of(failure).code();
        return new ProblemException(
                Problem.of(code, texts.get("search.unread"), texts.get("search.unread.remedy")), failure);
    }

    /** Forgets what is on the disk. */
    void forget() {
        writer.execute(() -> {
            try {
                file.delete();
            } catch (IOException failure) {
                LOG.log(Level.WARNING, "A kept catalogue could not be deleted", failure);
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        searcher.execute(() -> {
            CatalogueIndex last = index;
            index = null;
            if (last != null) {
                close(last);
            }
        });
    }

    private static void close(CatalogueIndex old) {
        try {
            old.close();
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "An index could not be closed", failure);
        }
    }
}
