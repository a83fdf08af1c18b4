package org.datalabs.backend.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections to the servers of sessions, over TCP and UNIX sockets, kept for a few seconds for the next exchange. Each
 * event loop has connections of its own, so that both ends of an exchange are on one thread. Thread-safe.
 */
final class SessionLinks implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2000;

    /** Below the five seconds after which many servers close idle connections, since a request may meet the closing. */
    private static final long KEPT_NANOS = Duration.ofSeconds(4).toNanos();

    private static final long SWEEP_SECONDS = 1;
    private static final int MOST_KEPT = 256;
    private static final int SMALLEST_READ = 1024;
    private static final int FIRST_READ = 4096;

    private final VertxInternal vertx;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Map<Thread, Shelf> shelves = new ConcurrentHashMap<>();

    SessionLinks(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    /** A kept connection; null when there is none. Called on an event loop. */
    @Nullable
    SessionLink kept(SocketAddress address) {
        Shelf shelf = shelves.get(Thread.currentThread());
        return shelf == null ? null : shelf.take(address);
    }

    /** Opens a connection; called on the event loop of {@code context}, where all of it happens. */
    Future<SessionLink> connect(SocketAddress address, ContextInternal context) {
        Shelf shelf = shelves.computeIfAbsent(Thread.currentThread(), thread -> new Shelf(context));
        SessionLink link = new SessionLink(address, shelf);
        Bootstrap bootstrap = new Bootstrap()
                .group(context.nettyEventLoop())
                .channelFactory(vertx.transport().channelFactory(address.isDomainSocket()))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, DataPlaneClient.CHUNK_BYTES))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channels.add(channel);
                        link.install(channel.pipeline());
                    }
                });
        if (!address.isDomainSocket()) {
            bootstrap.option(ChannelOption.TCP_NODELAY, true);
        }
        Promise<SessionLink> opened = context.promise();
        ChannelFuture connecting = bootstrap.connect(vertx.transport().convert(address));
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                opened.complete(link);
            } else {
                opened.fail(done.cause());
            }
        });
        return opened.future();
    }

    @Override
    public void close() {
        shelves.values().forEach(Shelf::close);
        ChannelGroupFuture unused = channels.close();
    }

    /** The idle connections of one event loop, to which it is confined but for being closed. */
    static final class Shelf {
        private final Map<SocketAddress, Deque<SessionLink>> idle = new HashMap<>();
        private final java.util.concurrent.Future<?> sweeps;

        private Shelf(ContextInternal context) {
            this.sweeps = context.nettyEventLoop()
                    .scheduleAtFixedRate(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        }

        private @Nullable SessionLink take(SocketAddress address) {
            Deque<SessionLink> links = idle.get(address);
            if (links == null) {
                return null;
            }
            SessionLink youngest = links.pollLast();
            return youngest == null || isStale(youngest) ? null : youngest;
        }

        /** Keeps a connection whose exchange is complete. */
        void keep(SessionLink link) {
            Deque<SessionLink> links = idle.computeIfAbsent(link.address(), address -> new ArrayDeque<>());
            if (links.size() < MOST_KEPT) {
                links.addLast(link);
            } else {
                link.discard();
            }
        }

        void forget(SessionLink link) {
            Deque<SessionLink> links = idle.get(link.address());
            if (links != null && links.remove(link) && links.isEmpty()) {
                idle.remove(link.address());
            }
        }

        private boolean isStale(SessionLink link) {
            if (System.nanoTime() - link.keptSince() < KEPT_NANOS) {
                return false;
            }
            link.discard();
            return true;
        }

        /** The oldest of an address comes first. */
        private void sweep() {
            idle.values().removeIf(links -> {
                while (!links.isEmpty() && isStale(links.peekFirst())) {
                    links.pollFirst();
                }
                return links.isEmpty();
            });
        }

        private void close() {
            sweeps.cancel(false);
        }
    }
}
