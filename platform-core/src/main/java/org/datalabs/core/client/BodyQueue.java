package org.datalabs.core.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands the pieces of a body that has no end to the thread that waits for them, with a limit on each wait. It asks for
 * a piece only when the last one was taken, so a slow reader slows the sender instead of filling the memory. One
 * reader.
 */
final class BodyQueue implements Flow.Subscriber<List<ByteBuffer>> {
    private static final int LONGEST_REST = 1 << 20;

    private final LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean cancelled;
    private boolean silent;

    /** Bytes, the end, or a failure. */
    private record Piece(
            @Nullable List<ByteBuffer> bytes, @Nullable Throwable failure) {}

    @Override
    public void onSubscribe(Flow.Subscription incoming) {
        subscription = incoming;
        if (cancelled) {
            incoming.cancel();
        } else {
            incoming.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        pieces.add(new Piece(bytes, null));
    }

    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece(null, failure));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece(null, null));
    }

    /** The next piece; null at the end or when none comes within {@code limit}. */
    @Nullable
    List<ByteBuffer> next(Duration limit) throws InterruptedException, IOException {
        Piece piece = pieces.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (piece == null) {
            silent = true;
            return null;
        }
        if (piece.failure() != null) {
            throw new IOException(piece.failure());
        }
        Flow.Subscription current = subscription;
        if (piece.bytes() != null && current != null) {
            current.request(1);
        }
        return piece.bytes();
    }

    /** The rest of a body that does have an end, such as that of a refusal; cut when it is long or slow. */
    byte[] rest(Duration limit) throws InterruptedException, IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        List<ByteBuffer> piece = next(limit);
        while (piece != null && rest.size() < LONGEST_REST) {
            for (ByteBuffer buffer : piece) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                rest.writeBytes(bytes);
            }
            piece = next(limit);
        }
        return rest.toByteArray();
    }

    /** Whether the last wait ended without a piece. */
    boolean isSilent() {
        return silent;
    }

    /** Closes the connection unless the body has ended. */
    void cancel() {
        cancelled = true;
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }
}
