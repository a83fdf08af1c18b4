package org.datalabs.desktop.session.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/**
 * A file that a session offers. Exactly one of {@link #saveTo} and {@link #refuse} counts; until then nothing but a first
 * small piece is fetched. Thread-safe.
 */
public final class Download {
    private static final int PIECE = 1 << 16;

    private final String fileName;
    private final String contentType;
    private final OptionalLong length;
    private final InputStream body;
    private final Executor background;
    private final AtomicBoolean decided = new AtomicBoolean();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    Download(String fileName, String contentType, OptionalLong length, InputStream body, Executor background) {
        this.fileName = fileName;
        this.contentType = contentType;
        this.length = length;
        this.body = body;
        this.background = background;
    }

    /** A plain name without folders, fit for this computer's file system. */
    public String fileName() {
        return fileName;
    }

    public String contentType() {
        return contentType;
    }

    /** Bytes, where the session says so. */
    public OptionalLong length() {
        return length;
    }

    /**
     * Streams the file to a place; what stood there before is replaced only by the complete file.
     *
     * @param progress hears the bytes written so far, on a background thread
     * @return fails with an {@link IOException} when the connection, the disk or {@link #cancel} ends it
     */
    public CompletableFuture<Path> saveTo(Path file, LongConsumer progress) {
        if (!decided.compareAndSet(false, true)) {
            return CompletableFuture.failedFuture(new IllegalStateException("This download was decided before."));
        }
        CompletableFuture<Path> result = new CompletableFuture<>();
        background.execute(() -> {
            try {
                save(file, progress);
                result.complete(file);
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private void save(Path file, LongConsumer progress) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path part = Files.createTempFile(folder, ".", ".part");
        try (InputStream in = body) {
            long done = copy(in, part, progress);
            if (length.isPresent() && done != length.getAsLong()) {
                throw new IOException("The download ended after " + done + " of " + length.getAsLong() + " bytes.");
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private long copy(InputStream in, Path part, LongConsumer progress) throws IOException {
        byte[] piece = new byte[PIECE];
        long done = 0;
        try (OutputStream out = Files.newOutputStream(part)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                if (cancelled.get()) {
                    throw new IOException("The download was cancelled.");
                }
                out.write(piece, 0, n);
                done += n;
                progress.accept(done);
            }
        }
        return done;
    }

    /** Ends a running download; its part is removed. */
    public void cancel() {
        cancelled.set(true);
        closeBody();
    }

    /** Declines the file. */
    public void refuse() {
        if (decided.compareAndSet(false, true)) {
            closeBody();
        }
    }

    private void closeBody() {
        background.execute(() -> {
            try {
                body.close();
            } catch (IOException e) {
                // It is being thrown away.
            }
        });
    }
}
