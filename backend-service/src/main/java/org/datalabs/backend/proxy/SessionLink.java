package org.datalabs.backend.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a session's server, which speaks HTTP/1.1 (RFC 9112) and is not trusted to: one exchange after the
 * other, and none after bytes that nobody asked for. Confined to its event loop.
 */
final class SessionLink extends ChannelInboundHandlerAdapter {
    private static final int CONTINUE = 100;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int LONGEST_STATUS_LINE = 4096;

    private static final HttpHeadersFactory HEADERS = new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
            return HeadersMultiMap.httpHeaders();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return HeadersMultiMap.httpHeaders();
        }
    };

    private final SocketAddress address;
    private final SessionLinks.Shelf shelf;
    private @Nullable ChannelHandlerContext channel;
    private @Nullable Exchange exchange;
    private @Nullable ContextInternal context;
    private boolean sent;
    private boolean interim;
    private boolean lasting;
    private boolean complete;
    private boolean used;
    private long keptSince;

    /** Who asks; hears in this order, and nothing any more after the last piece, a break or its own leaving. */
    interface Exchange {
        /** The session wants the body, as RFC 9110, section 10.1.1 has it. */
        void goOn();

        /** The final answer begins, or 101. */
        void head(HttpResponse head);

        /** A piece of the answer's body, maybe empty, which the exchange takes over and releases. */
        void body(ByteBuf piece, boolean last);

        /** What was sent has left; more may follow. */
        void drained();

        /** There will be no more. */
        void broken(Throwable cause);
    }

    SessionLink(SocketAddress address, SessionLinks.Shelf shelf) {
        this.address = address;
        this.shelf = shelf;
    }

    void install(ChannelPipeline pipeline) {
        HttpDecoderConfig config = new HttpDecoderConfig()
                .setMaxInitialLineLength(LONGEST_STATUS_LINE)
                .setMaxHeaderSize(DataPlaneClient.HEADER_BYTES)
                .setMaxChunkSize(DataPlaneClient.CHUNK_BYTES)
                .setHeadersFactory(HEADERS)
                .setTrailersFactory(HEADERS);
        pipeline.addLast(new HttpClientCodec(config, false, false), this);
    }

    SocketAddress address() {
        return address;
    }

    /** When the last exchange was complete, of {@link System#nanoTime}. */
    long keptSince() {
        return keptSince;
    }

    /** Whether an exchange was here before, so that the session may be closing the connection just now. */
    boolean wasUsed() {
        return used;
    }

    /**
     * Begins an exchange.
     *
     * @param context in which it hears
     * @param request its head, or all of it
     */
    void begin(Exchange next, ContextInternal context, HttpRequest request) {
        this.exchange = next;
        this.context = context;
        this.sent = request instanceof LastHttpContent;
        write(request);
    }

    /** Sends a piece of the request's body and takes it over. */
    void send(Exchange mine, ByteBuf piece) {
        if (exchange == mine) {
            write(new DefaultHttpContent(piece));
        } else {
            piece.release();
        }
    }

    /** Ends the request's body. */
    void end(Exchange mine) {
        if (exchange == mine) {
            sent = true;
            write(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    /** Whether more of a body should wait until it {@linkplain Exchange#drained has left}. */
    boolean isFull(Exchange mine) {
        return exchange == mine && !channel().isWritable();
    }

    /** Reads on or not; what was read already may still come. */
    void flow(Exchange mine, boolean on) {
        if (exchange == mine) {
            channel().config().setAutoRead(on);
        }
    }

    /** Lets another hear what follows. */
    void change(Exchange mine, Exchange next) {
        if (exchange == mine) {
            exchange = next;
        }
    }

    /** Leaves the exchange; its connection is of no more use. */
    void leave(Exchange mine) {
        if (exchange == mine) {
            exchange = null;
            discard();
        }
    }

    /** Hands the connection over after 101; what the session sent behind its answer reaches {@code heir}, too. */
    Channel handOver(Exchange mine, ChannelInboundHandlerAdapter heir) {
        if (exchange != mine) {
            throw new IllegalStateException("not in this exchange");
        }
        exchange = null;
        Channel own = channel();
        own.config().setAutoRead(false);
        own.pipeline().replace(this, "heir", heir);
        own.pipeline().remove(HttpClientCodec.class);
        return own;
    }

    void discard() {
        ChannelFuture unused = channel().close();
    }

    private Channel channel() {
        ChannelHandlerContext own = channel;
        if (own == null) {
            throw new IllegalStateException("not connected");
        }
        return own.channel();
    }

    private void write(Object message) {
        ChannelHandlerContext own = channel;
        if (own != null) {
            ChannelFuture unused = own.writeAndFlush(message, own.voidPromise());
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        channel = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext own, Object message) {
        Exchange current = exchange;
        ContextInternal here = context;
        if (current == null || here == null) {
            ReferenceCountUtil.release(message);
            discard();
            return;
        }
        ContextInternal before = here.beginDispatch();
        try {
            hear(current, message);
        } finally {
            here.endDispatch(before);
        }
    }

    private void hear(Exchange current, Object message) {
        if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            fail(part.decoderResult().cause());
        } else if (message instanceof HttpResponse head) {
            begun(current, head);
        } else if (message instanceof HttpContent content) {
            boolean last = content instanceof LastHttpContent;
            if (interim) {
                interim = !last;
                content.release();
                return;
            }
            if (last) {
                exchange = null;
                complete = true;
            }
            current.body(content.content(), last);
        }
    }

    private void begun(Exchange current, HttpResponse head) {
        int status = head.status().code();
        interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL && status != SWITCHING_PROTOCOLS;
        if (!interim) {
            lasting = HttpUtil.isKeepAlive(head);
            current.head(head);
        } else if (status == CONTINUE) {
            current.goOn();
        }
    }

    /** Only now is it certain that nothing came behind the answer. */
    @Override
    public void channelReadComplete(ChannelHandlerContext own) {
        if (!complete) {
            return;
        }
        complete = false;
        if (sent && lasting && own.channel().isActive()) {
            used = true;
            keptSince = System.nanoTime();
            own.channel().config().setAutoRead(true);
            shelf.keep(this);
        } else {
            discard();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext own) {
        Exchange current = exchange;
        ContextInternal here = context;
        if (current != null && here != null && own.channel().isWritable()) {
            here.dispatch(current::drained);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext own) {
        shelf.forget(this);
        fail(new ClosedChannelException());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext own, Throwable cause) {
        fail(cause);
    }

    private void fail(Throwable cause) {
        Exchange current = exchange;
        ContextInternal here = context;
        exchange = null;
        discard();
        if (current != null && here != null) {
            here.dispatch(() -> current.broken(cause));
        }
    }
}
