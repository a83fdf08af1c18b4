package org.datalabs.backend.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.datalabs.core.identity.UserId;

/** In whose name each connection's current request goes to a session. Thread-safe. */
final class Guests {
    private static final AttributeKey<UserId> GUEST = AttributeKey.valueOf(Guests.class, "guest");

    /** Those that ever had one. */
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

    void note(HttpConnection connection, UserId user) {
        Channel channel = channel(connection);
        if (channel.attr(GUEST).getAndSet(user) == null && channels.add(channel)) {
            channel.closeFuture().addListener(closed -> channels.remove(channel));
        }
    }

    void forget(HttpConnection connection) {
        channel(connection).attr(GUEST).set(null);
    }

    void drop(UserId user) {
        for (Channel channel : channels) {
            if (user.equals(channel.attr(GUEST).get())) {
                // Without a farewell, for which a peer that does not read would have us wait.
                ChannelFuture unused = channel.close();
            }
        }
    }

    private static Channel channel(HttpConnection connection) {
        return ((VertxConnection) connection).channel();
    }
}
