package org.datalabs.desktop.session.vnc;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.datalabs.desktop.session.link.Entry;
import org.jspecify.annotations.Nullable;

/** The WebSocket onto a session's RFB stream, subprotocol {@code binary}, with back-pressure towards the server. */
final class RfbSocket implements WebSocket.Listener {
    private static final Duration TIME_OUT = Duration.ofSeconds(15);

    private final RfbInput input = new RfbInput(this::requestMore);
    private final RfbOutput output = new RfbOutput(this::transmit, this::abort);
    private volatile @Nullable WebSocket socket;
    private volatile long pinged;
    private volatile @Nullable Duration roundTrip;

    CompletionStage<RfbSocket> open(HttpClient http, Entry entry) {
        return http.newWebSocketBuilder()
                .connectTimeout(TIME_OUT)
                .subprotocols("binary")
                .header("Origin", entry.origin())
                .header("Cookie", entry.cookie())
                .buildAsync(entry.webSocket("vnc"), this)
                .thenApply(opened -> this);
    }

    RfbInput input() {
        return input;
    }

    RfbOutput output() {
        return output;
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        input.feed(data);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        abort();
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        roundTrip = Duration.ofNanos(System.nanoTime() - pinged);
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        output.close();
        input.end(reason.isEmpty() ? "The datazone closed the connection." : reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        output.close();
        input.end("The connection broke.");
    }

    /** Measures the time to the datazone and back; {@link #roundTrip} says it later. */
    void ping() {
        WebSocket open = socket;
        if (open != null && !open.isOutputClosed()) {
            pinged = System.nanoTime();
            CompletionStage<?> unused = open.sendPing(ByteBuffer.allocate(0));
        }
    }

    @Nullable
    Duration roundTrip() {
        return roundTrip;
    }

    /** Says good-bye if the peer still listens, and ends the reader. */
    void close() {
        output.close();
        input.end("Closed here.");
        WebSocket open = socket;
        if (open != null) {
            CompletionStage<?> unused =
                    open.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((done, failure) -> open.abort());
        }
    }

    private void abort() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
        output.close();
        input.end("The connection broke.");
    }

    private void requestMore() {
        WebSocket open = socket;
        if (open != null) {
            open.request(1);
        }
    }

    private CompletionStage<?> transmit(ByteBuffer piece) {
        WebSocket open = socket;
        return open == null
                ? CompletableFuture.failedFuture(new IllegalStateException("not open"))
                : open.sendBinary(piece, true);
    }
}
