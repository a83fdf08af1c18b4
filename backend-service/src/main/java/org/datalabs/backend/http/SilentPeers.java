package org.datalabs.backend.http;

import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;

/**
 * Has the system ask peers that are silent whether they are still there (RFC 9293, section 3.8.4), after a minute instead
 * of two hours: a stream that nobody uses any more cannot be told from an idle one otherwise.
 */
final class SilentPeers {
    private static final int IDLE_SECONDS = 60;
    private static final int INTERVAL_SECONDS = 15;
    private static final int QUESTIONS = 4;

    private SilentPeers() {}

    /** Lets go of the connection's peer within two minutes of its going. */
    static void ask(HttpConnection connection) {
        if (((VertxConnection) connection).channel().config() instanceof EpollSocketChannelConfig config) {
            config.setTcpKeepIdle(IDLE_SECONDS)
                    .setTcpKeepIntvl(INTERVAL_SECONDS)
                    .setTcpKeepCnt(QUESTIONS);
        }
    }
}
