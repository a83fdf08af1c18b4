package org.datalabs.backend.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;
import org.datalabs.core.api.ProblemDocument;

/**
 * Answers 400 to a request whose chunks cannot be read (RFC 9112, section 7.1) and closes; without it the connection is
 * closed without a word. Netty counts chunk extensions with unquoted values among these. A request that is being answered
 * already only has its connection closed. Confined to the event loop of its connection.
 */
final class BrokenBodies extends ChannelDuplexHandler {
    private static final String NAME = "brokenBodies";
    private static final String ENCODER = "httpEncoder";

    private final byte[] answer;
    private int unanswered;
    private boolean begun;

    private BrokenBodies(byte[] answer) {
        this.answer = answer;
    }

    /** Watches a connection, before it reads anything; {@code answer} is the problem document to refuse with. */
    static void watch(HttpConnection connection, byte[] answer) {
        ChannelPipeline pipeline = ((VertxConnection) connection).channel().pipeline();
        pipeline.addAfter(ENCODER, NAME, new BrokenBodies(answer));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        boolean broken = message instanceof HttpContent content
                && content.decoderResult().isFailure()
                && !(message instanceof HttpRequest);
        if (broken && unanswered == 1 && !begun) {
            ReferenceCountUtil.release(message);
            refuse(context);
            return;
        }
        if (broken && unanswered == 0) {
            ReferenceCountUtil.release(message);
            // Its answer may not have left yet.
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        if (message instanceof HttpRequest) {
            unanswered++;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse head && head.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            begun = true;
        }
        if (message instanceof LastHttpContent && begun) {
            begun = false;
            unanswered--;
        }
        var unusedWrite = context.write(message, promise);
    }

    private void refuse(ChannelHandlerContext context) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST, Unpooled.wrappedBuffer(answer));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, ProblemDocument.CONTENT_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.length)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        begun = true;
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
