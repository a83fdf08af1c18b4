package org.datalabs.backend.proxy;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.session.SessionDirectory;
import org.datalabs.core.session.SessionId;

/** Sessions that a test puts there, with the endpoints of their servers. */
final class Sessions implements SessionDirectory {
    private final Map<SessionId, Entry> entries = new ConcurrentHashMap<>();
    private final Map<SessionId, Endpoint> endpoints = new ConcurrentHashMap<>();
    final AtomicInteger uses = new AtomicInteger();

    Entry put(Entry entry, Endpoint endpoint) {
        entries.put(entry.session().id(), entry);
        endpoints.put(entry.session().id(), endpoint);
        return entry;
    }

    void remove(SessionId session) {
        entries.remove(session);
        endpoints.remove(session);
    }

    @Override
    public Optional<Entry> find(SessionId session) {
        return Optional.ofNullable(entries.get(session));
    }

    @Override
    public void used(SessionId session, Instant at) {
        uses.incrementAndGet();
    }

    /** A runtime of which only the endpoints are asked. */
    SessionRuntime runtime() {
        return (SessionRuntime) Proxy.newProxyInstance(
                SessionRuntime.class.getClassLoader(),
                new Class<?>[] {SessionRuntime.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("endpoint") && arguments[0] instanceof SessionId session) {
                        return Optional.ofNullable(endpoints.get(session));
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
