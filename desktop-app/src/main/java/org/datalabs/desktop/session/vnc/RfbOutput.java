package org.datalabs.desktop.session.vnc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages in order, those that gather while one is under way as one piece. A pointer move that still waits is
 * replaced by the next one with the same buttons. Thread-safe; never blocks.
 */
final class RfbOutput {
    private static final int MAX_WAITING = 32 << 20;

    private final Function<ByteBuffer, CompletionStage<?>> sender;
    private final Runnable onOverflow;
    private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private byte @Nullable [] move;
    private boolean sending;
    private boolean closed;

    /**
     * @param sender sends one piece; called again only when the former has completed
     * @param onOverflow the receiver takes nothing any more
     */
    RfbOutput(Function<ByteBuffer, CompletionStage<?>> sender, Runnable onOverflow) {
        this.sender = sender;
        this.onOverflow = onOverflow;
    }

    void send(byte[] message) {
        boolean overflow;
        synchronized (this) {
            if (closed) {
                return;
            }
            byte[] lastMove = move;
            boolean isMove = message[0] == RfbMessages.POINTER_EVENT;
            if (lastMove != null && !(isMove && lastMove[1] == message[1])) {
                waiting.writeBytes(lastMove);
                move = null;
            }
            if (isMove) {
                move = message;
            } else {
                waiting.writeBytes(message);
            }
            overflow = waiting.size() > MAX_WAITING;
            closed |= overflow;
        }
        if (overflow) {
            onOverflow.run();
        } else {
            flush();
        }
    }

    private void flush() {
        ByteBuffer piece;
        synchronized (this) {
            byte[] lastMove = move;
            if (sending || closed || (waiting.size() == 0 && lastMove == null)) {
                return;
            }
            if (lastMove != null) {
                waiting.writeBytes(lastMove);
                move = null;
            }
            piece = ByteBuffer.wrap(waiting.toByteArray());
            waiting = new ByteArrayOutputStream();
            sending = true;
        }
        sender.apply(piece).whenComplete((done, failure) -> {
            synchronized (this) {
                sending = false;
                closed |= failure != null;
            }
            flush();
        });
    }

    synchronized void close() {
        closed = true;
    }
}
