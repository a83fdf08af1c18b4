package org.datalabs.desktop.session.web;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of a page. The next message is asked for when the page has taken the last one, so a busy page slows its
 * server down and nothing piles up here. Called by the FX thread and by the socket's own threads.
 */
final class PageSocket implements WebSocket.Listener {
    /** No close frame came: the connection broke (RFC 6455, 7.1.5). */
    static final int BROKEN = 1006;

    private static final int NO_STATUS = 1005;
    private static final int LONGEST_MESSAGE = 512 << 20;
    private static final long CLOSE_SECONDS = 5;

    /** The page's end. */
    interface Page {
        void opened(String protocol);

        void text(String message);

        void binary(byte[] message);

        void sent(int bytes);

        /** Comes last, once. */
        void closed(int code, String reason);
    }

    private final Page page;
    private final Executor pageThread;
    private final ScheduledExecutorService scheduler;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private @Nullable WebSocket socket;
    private @Nullable ScheduledFuture<?> closing;
    private boolean over;

    /** @param pageThread runs what the page hears, in order */
    PageSocket(Page page, Executor pageThread, ScheduledExecutorService scheduler) {
        this.page = page;
        this.pageThread = pageThread;
        this.scheduler = scheduler;
    }

    @Override
    public void onOpen(WebSocket opened) {
        synchronized (this) {
            socket = opened;
            if (over) {
                opened.abort();
                return;
            }
        }
        pageThread.execute(() -> page.opened(opened.getSubprotocol()));
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        if (text.length() + data.length() > LONGEST_MESSAGE) {
            tooLong(from);
            return null;
        }
        text.append(data);
        if (!last) {
            from.request(1);
            return null;
        }
        String message = text.toString();
        text.setLength(0);
        text.trimToSize();
        pageThread.execute(() -> {
            page.text(message);
            from.request(1);
        });
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        if (binary.size() + data.remaining() > LONGEST_MESSAGE) {
            tooLong(from);
            return null;
        }
        byte[] piece = new byte[data.remaining()];
        data.get(piece);
        binary.writeBytes(piece);
        if (!last) {
            from.request(1);
            return null;
        }
        byte[] message = binary.toByteArray();
        binary.reset();
        pageThread.execute(() -> {
            page.binary(message);
            from.request(1);
        });
        return null;
    }

    private void tooLong(WebSocket from) {
        from.abort();
        end(BROKEN, "");
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end(code, reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end(BROKEN, "");
    }

    void failed() {
        end(BROKEN, "");
    }

    void sendText(String message, int bytes) {
        send(bytes, open -> open.sendText(message, true));
    }

    /** @param latin1 one character per byte */
    void sendBinary(String latin1) {
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        send(bytes.length, open -> open.sendBinary(ByteBuffer.wrap(bytes), true));
    }

    private interface Sending {
        CompletableFuture<WebSocket> on(WebSocket open);
    }

    private synchronized void send(int bytes, Sending message) {
        WebSocket open = socket;
        if (open == null || over) {
            return;
        }
        sending = sending.thenCompose(before -> message.on(open))
                .thenRun(() -> pageThread.execute(() -> page.sent(bytes)));
    }

    /** Closes as the page asks, after what it sent before; a server that does not answer is cut off. */
    void close(int code, String reason) {
        WebSocket open;
        CompletableFuture<?> before;
        synchronized (this) {
            open = socket;
            before = sending;
        }
        if (open == null) {
            end(BROKEN, "");
            return;
        }
        CompletionStage<?> unused = before.handle((done, failure) -> open)
                .thenCompose(
                        socketNow -> socketNow.sendClose(code == NO_STATUS ? WebSocket.NORMAL_CLOSURE : code, reason))
                .exceptionally(failure -> open);
        ScheduledFuture<?> cutOff = scheduler.schedule(
                () -> {
                    open.abort();
                    end(BROKEN, "");
                },
                CLOSE_SECONDS,
                TimeUnit.SECONDS);
        synchronized (this) {
            closing = cutOff;
        }
    }

    /** Ends at once without a word to the page, which is gone. */
    void drop() {
        WebSocket open;
        synchronized (this) {
            over = true;
            open = socket;
        }
        if (open != null) {
            CompletionStage<?> unused = open.sendClose(1001, "").whenComplete((done, failure) -> open.abort());
        }
    }

    private void end(int code, String reason) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            ScheduledFuture<?> cutOff = closing;
            if (cutOff != null) {
                cutOff.cancel(false);
            }
        }
        pageThread.execute(() -> page.closed(code, reason));
    }
}
