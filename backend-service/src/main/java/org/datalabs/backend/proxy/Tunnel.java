package org.datalabs.backend.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.VertxConnection;
import io.vertx.core.net.impl.VertxHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries a WebSocket to a session: the handshake is the proxy's, everything after it passes as bytes, both ways at the
 * pace of the slower side. RFC 6455, section 4.
 */
final class Tunnel implements AutoCloseable {
    private static final int SWITCHING_PROTOCOLS = 101;

    /** How long what was sent before one end closed may take to reach the other. */
    private static final long LAST_BYTES_MILLIS = 5000;

    private static final long CHECK_MILLIS = 60_000;
    private static final long LONGEST_STALL_NANOS = Duration.ofMinutes(5).toNanos();

    private final Vertx vertx;
    private final long checks;
    private final Set<Pair> open = ConcurrentHashMap.newKeySet();
    private final SessionLinks links;
    private final ProblemAnswer problems;
    private final Forwarder forwarder;

    Tunnel(Vertx vertx, SessionLinks links, ProblemAnswer problems, Forwarder forwarder) {
        this.vertx = vertx;
        this.links = links;
        this.problems = problems;
        this.forwarder = forwarder;
        this.checks = vertx.setPeriodic(CHECK_MILLIS, tick -> open.forEach(Pair::check));
    }

    void open(
            HttpServerRequest request,
            DataPlanePath.Good path,
            Upstream upstream,
            @Nullable String authorization,
            Runnable used) {
        ContextInternal context = Forwarder.context(request);
        links.connect(upstream.address(), context).onComplete(connected -> {
            if (connected.failed()) {
                problems.send(request, Forwarder.unreachable());
                return;
            }
            String sessionPath = upstream.paths().toSession(path.path());
            String target = path.query().isEmpty() ? sessionPath : sessionPath + "?" + path.query();
            HeadersMultiMap headers = HeadersMultiMap.httpHeaders();
            Headers.toSession(request, upstream, authorization, headers);
            headers.set(HttpHeaders.CONNECTION, "Upgrade").set(HttpHeaders.UPGRADE, "websocket");
            SessionLink link = connected.result();
            Opening opening = new Opening(request, path, upstream, link, used);
            request.response().closeHandler(gone -> link.leave(opening));
            link.begin(opening, context, Forwarder.question(request.method(), target, headers, false));
        });
    }

    /** An upgrade that a session was asked for; becomes the tunnel or an answer like any other. */
    private final class Opening implements SessionLink.Exchange {
        private final HttpServerRequest request;
        private final DataPlanePath.Good path;
        private final Upstream upstream;
        private final SessionLink link;
        private final Runnable used;

        Opening(
                HttpServerRequest request,
                DataPlanePath.Good path,
                Upstream upstream,
                SessionLink link,
                Runnable used) {
            this.request = request;
            this.path = path;
            this.upstream = upstream;
            this.link = link;
            this.used = used;
        }

        @Override
        public void head(HttpResponse answer) {
            if (answer.status().code() == SWITCHING_PROTOCOLS) {
                join(answer);
                return;
            }
            SessionLink.Exchange carriage = forwarder.refused(request, path, upstream, link);
            link.change(this, carriage);
            carriage.head(answer);
        }

        private void join(HttpResponse answer) {
            Pair pair = new Pair(used);
            Channel session = link.handOver(this, pair.fromSession);
            HttpServerResponse response = request.response();
            Headers.toClient((HeadersMultiMap) answer.headers(), upstream.paths(), response.headers());
            response.headers()
                    .remove(HttpHeaders.CONTENT_LENGTH)
                    .set(HttpHeaders.CONNECTION, "Upgrade")
                    .set(HttpHeaders.UPGRADE, "websocket");
            request.toNetSocket().onComplete(joined -> {
                if (joined.failed()) {
                    pair.fromSession.drop();
                } else {
                    pair.start(joined.result(), ((VertxConnection) request.connection()).channel(), session);
                }
            });
        }

        @Override
        public void broken(Throwable cause) {
            problems.send(request, Forwarder.unreachable());
        }

        @Override
        public void goOn() {}

        @Override
        public void drained() {}

        @Override
        public void body(ByteBuf piece, boolean last) {
            piece.release();
        }
    }

    int openCount() {
        return open.size();
    }

    /** Cuts all, so that their clients come back at once, wherever they are let in next. */
    void leave() {
        open.forEach(Pair::force);
    }

    @Override
    public void close() {
        vertx.cancelTimer(checks);
        leave();
    }

    /** The two ends of an open tunnel; confined to their event loop but for being forced. */
    private final class Pair {
        private final Flow fromBrowser;
        private final Flow fromSession;
        private volatile long stalledSince;
        private boolean started;
        private boolean ending;

        Pair(Runnable used) {
            ClientFrames frames = new ClientFrames();
            fromBrowser = new Flow(bytes -> {
                if (frames.carryData(bytes)) {
                    used.run();
                }
            });
            fromSession = new Flow(bytes -> {});
        }

        /**
         * Lets the bytes flow.
         *
         * @param early where comes out what the client sent before it was answered
         */
        void start(NetSocket early, Channel browser, Channel session) {
            open.add(this);
            early.handler(bytes -> fromBrowser.pass(((BufferInternal) bytes).getByteBuf()));
            browser.pipeline()
                    .addBefore(browser.pipeline().context(VertxHandler.class).name(), "flow", fromBrowser);
            started = true;
            fromBrowser.to(fromSession);
            fromSession.to(fromBrowser);
            early.resume();
            browser.config().setAutoRead(true);
            session.config().setAutoRead(true);
            if (!session.isActive() || !browser.isActive()) {
                end();
            }
        }

        /** Lets what was sent before one end closed reach the other, for a while. */
        private void end() {
            if (ending || !started) {
                return;
            }
            ending = true;
            Channel browser = fromBrowser.channel();
            Channel session = fromSession.channel();
            var late = browser.eventLoop().schedule(this::force, LAST_BYTES_MILLIS, TimeUnit.MILLISECONDS);
            for (Channel each : List.of(browser, session)) {
                each.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
                each.closeFuture().addListener(closed -> {
                    if (!browser.isOpen() && !session.isOpen()) {
                        late.cancel(false);
                        open.remove(this);
                    }
                });
            }
        }

        /** Lets go of ends that cannot be seen to have gone, since nothing is read from or written to them. */
        void check() {
            long since = stalledSince;
            if (since != 0 && System.nanoTime() - since > LONGEST_STALL_NANOS) {
                force();
            }
        }

        /** Closes without a last flush, for which a peer that does not read would have us wait for ever. */
        void force() {
            for (Flow flow : List.of(fromBrowser, fromSession)) {
                ChannelFuture unused = flow.channel().close();
            }
        }

        /** One direction: what its own channel reads goes to the other as it is. */
        private final class Flow extends ChannelInboundHandlerAdapter {
            private final Consumer<ByteBuf> seen;
            private final Queue<ByteBuf> early = new ArrayDeque<>(1);
            private @Nullable ChannelHandlerContext from;
            private @Nullable Flow to;

            Flow(Consumer<ByteBuf> seen) {
                this.seen = seen;
            }

            Channel channel() {
                return own().channel();
            }

            private ChannelHandlerContext own() {
                return Objects.requireNonNull(from, "not in a channel");
            }

            void to(Flow other) {
                to = other;
                early.forEach(this::pass);
                early.clear();
                other.own().flush();
            }

            void drop() {
                early.forEach(ByteBuf::release);
                early.clear();
                ChannelFuture unused = channel().close();
            }

            void pass(ByteBuf bytes) {
                Flow other = to;
                if (other == null) {
                    early.add(bytes);
                    return;
                }
                seen.accept(bytes);
                ChannelHandlerContext out = other.own();
                ChannelFuture unused = out.write(bytes, out.voidPromise());
                if (!out.channel().isWritable()) {
                    out.flush();
                    if (!out.channel().isWritable()) {
                        channel().config().setAutoRead(false);
                        stalledSince = System.nanoTime();
                    }
                }
            }

            private void readOn() {
                stalledSince = 0;
                channel().config().setAutoRead(true);
            }

            @Override
            public void handlerAdded(ChannelHandlerContext added) {
                from = added;
            }

            @Override
            public void channelRead(ChannelHandlerContext own, Object message) {
                if (message instanceof ByteBuf bytes) {
                    pass(bytes);
                } else {
                    ReferenceCountUtil.release(message);
                }
            }

            @Override
            public void channelReadComplete(ChannelHandlerContext own) {
                if (to != null) {
                    to.own().flush();
                }
            }

            @Override
            public void channelWritabilityChanged(ChannelHandlerContext own) {
                if (to != null && own.channel().isWritable()) {
                    to.readOn();
                }
                own.fireChannelWritabilityChanged();
            }

            @Override
            public void channelInactive(ChannelHandlerContext own) {
                end();
                own.fireChannelInactive();
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext own, Throwable cause) {
                end();
            }
        }
    }
}
