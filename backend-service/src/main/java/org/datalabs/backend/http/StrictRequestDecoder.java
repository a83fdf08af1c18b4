package org.datalabs.backend.http;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.VertxConnection;

/**
 * Refuses a request that states its length twice, by Content-Length and by Transfer-Encoding (RFC 9112, section 6.1):
 * two programs that disagree on where it ends can be made to see different requests. Netty takes such a request and
 * hides the first header, so nothing behind the decoder could tell.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {
    private static final String NAME = "httpDecoder";

    private StrictRequestDecoder(HttpServerOptions options) {
        super(options);
    }

    /** Puts a decoder of this kind in the place of the connection's own, before it reads anything. */
    static void replaceIn(HttpConnection connection, HttpServerOptions options) {
        ChannelPipeline pipeline = ((VertxConnection) connection).channel().pipeline();
        pipeline.replace(NAME, NAME, new StrictRequestDecoder(options));
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
}
