package org.datalabs.backend.proxy;

import io.netty.channel.ChannelFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.datalabs.core.identity.UserId;

/** In whose name each connection's current request goes to a session. Thread-safe. */
final class Guests {
    private final Map<HttpConnection, UserId> guests = Collections.synchronizedMap(new WeakHashMap<>());

    void note(HttpConnection connection, UserId user) {
        guests.put(connection, user);
    }

    void forget(HttpConnection connection) {
        guests.remove(connection);
    }

    void drop(UserId user) {
        List<HttpConnection> theirs;
        synchronized (guests) {
            theirs = guests.entrySet().stream()
                    .filter(guest -> guest.getValue().equals(user))
                    .map(Map.Entry::getKey)
                    .toList();
        }
        for (HttpConnection connection : theirs) {
            if (connection instanceof ConnectionBase base) {
                // Without a farewell, for which a peer that does not read would have us wait.
                ChannelFuture unused = base.channelHandlerContext().close();
            }
        }
    }
}
