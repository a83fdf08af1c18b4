package org.datalabs.backend.events;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.datalabs.backend.http.Answer;
import org.datalabs.backend.http.ApiRequest;
import org.datalabs.backend.http.Parameter;
import org.datalabs.backend.http.Route;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.identity.UserId;
import org.jspecify.annotations.Nullable;

/** The stream of events as server-sent events. */
public final class EventRoutes {
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final EventHub hub;
    private final Vertx vertx;

    public EventRoutes(EventHub hub, Vertx vertx) {
        this.hub = hub;
        this.vertx = vertx;
    }

    public List<Route> routes() {
        return List.of(Route.get(ApiPaths.EVENTS)
                .summary("News as server-sent events (text/event-stream).")
                .header(Parameter.text(LAST_EVENT_ID, "Id of the last event seen; those that followed are repeated."))
                .answers(200)
                .by(this::open));
    }

    private Answer open(ApiRequest request) {
        UserId user = request.user().id();
        String last = request.header(LAST_EVENT_ID).orElse(null);
        return new Answer.Stream(response -> stream(response, user, last));
    }

    private void stream(HttpServerResponse response, UserId user, @Nullable String last) {
        response.setStatusCode(200)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true);
        Stream stream = new Stream(response, vertx.getOrCreateContext());
        response.closeHandler(closed -> hub.leave(stream));
        response.exceptionHandler(broken -> hub.leave(stream));
        stream.offer("retry: 1000\n\n");
        hub.open(user, last, stream);
    }

    /** Counts what is under way to the client, so that one who does not read costs a bounded amount of memory. */
    private static final class Stream implements EventSink {
        private static final int MOST_WAITING = 1 << 20;

        private final HttpServerResponse response;
        private final Context context;
        private final AtomicInteger waiting = new AtomicInteger();
        private final AtomicBoolean closed = new AtomicBoolean();

        Stream(HttpServerResponse response, Context context) {
            this.response = response;
            this.context = context;
        }

        @Override
        public boolean offer(String frame) {
            if (closed.get() || response.closed() || waiting.get() > MOST_WAITING) {
                return false;
            }
            waiting.addAndGet(frame.length());
            context.runOnContext(turn -> response.write(frame).onComplete(done -> waiting.addAndGet(-frame.length())));
            return true;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                context.runOnContext(turn -> {
                    if (response.ended()) {
                        return;
                    }
                    if (waiting.get() > MOST_WAITING) {
                        // One that does not read would never see a polite end.
                        response.reset();
                    } else {
                        response.end();
                    }
                });
            }
        }
    }
}
