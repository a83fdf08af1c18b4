package org.datalabs.core.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.api.Json;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The events of a datazone, for as long as it is open: it connects again whenever the connection is lost or silent, and
 * resumes after the last event by {@code Last-Event-ID}.
 *
 * <p>An event that cannot be understood is told as {@link DatazoneEvent.Resync}, so nothing is missed; one of a kind
 * that is unknown here is passed over. Runs on a thread of its own; its methods may be called by any.
 */
public final class EventStream implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EventStream.class.getName());
    private static final int LONGEST_EVENT = 4 << 20;
    private static final Duration LEAST_ASKED_PAUSE = Duration.ofMillis(100);

    private final Transport transport;
    private final EventListener listener;
    private final StreamTiming timing;
    private final ObjectMapper mapper = Json.lenient().disable(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE);
    private final Semaphore hurry = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private String lastEventId = "";
    private Duration firstPause;

    private EventStream(DatazoneClient client, EventListener listener, StreamTiming timing) {
        this.transport = client.transport();
        this.listener = listener;
        this.timing = timing;
        this.firstPause = timing.firstPause();
        this.thread = new Thread(this::run, "events of " + DatazoneAddress.shown(client.address()));
        this.thread.setDaemon(true);
    }

    /** Opens the events of {@code client}'s datazone. Close the stream before the client. */
    public static EventStream open(DatazoneClient client, EventListener listener) {
        return open(client, listener, StreamTiming.USUAL);
    }

    static EventStream open(DatazoneClient client, EventListener listener, StreamTiming timing) {
        EventStream stream = new EventStream(client, listener, timing);
        stream.thread.start();
        return stream;
    }

    /** Ends a pause between two attempts. */
    public void retryNow() {
        hurry.release();
    }

    /** Ends the stream; the listener is not called any more once its current call has returned. Does not wait for that. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        int failures = 0;
        while (!closed) {
            tell(new StreamState.Connecting());
            Problem cause;
            Connection connection = new Connection();
            try {
                cause = connection.read();
            } catch (ProblemException refused) {
                cause = refused.problem();
            } catch (IOException failure) {
                cause = transport.reader().problem(failure);
            } catch (InterruptedException ended) {
                return;
            }
            if (closed) {
                return;
            }
            failures = connection.heard ? 1 : failures + 1;
            Duration pause = timing.pause(failures, firstPause, ThreadLocalRandom.current());
            hurry.drainPermits();
            tell(new StreamState.Waiting(cause, pause));
            try {
                if (hurry.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.log(Level.DEBUG, "trying at once");
                }
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private void tell(StreamState state) {
        guarded(() -> listener.onState(state));
    }

    private void guarded(Runnable call) {
        if (closed) {
            return;
        }
        try {
            call.run();
        } catch (RuntimeException fault) {
            LOG.log(Level.ERROR, "the listener failed", fault);
        }
    }

    private void dispatch(ServerSentEvent event) {
        @Nullable DatazoneEvent news;
        try {
            news = mapper.readValue(event.data(), DatazoneEvent.class);
            if (news != null) {
                WholeValues.check(news);
            }
        } catch (JsonProcessingException | WholeValues.MissingException unreadable) {
            LOG.log(Level.WARNING, "an event of type " + event.type() + " cannot be read; everything is read anew");
            news = new DatazoneEvent.Resync();
        }
        if (news != null) {
            DatazoneEvent told = news;
            guarded(() -> listener.onEvent(told));
        }
    }

    /** One connection, from its request to its end. */
    private final class Connection {
        private final BodyQueue body = new BodyQueue();
        private boolean heard;

        /** Reads until the connection ends; the answer is why it ended. */
        Problem read() throws IOException, InterruptedException {
            Call call = new Call("GET", ApiPaths.EVENTS, null, Map.of(), Call.SHORT, true)
                    .with("Accept", "text/event-stream")
                    .with("Cache-Control", "no-store");
            HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = transport.open(
                    isHeaderValue(lastEventId) ? call.with("Last-Event-ID", lastEventId) : call,
                    BodyHandlers.ofPublisher());
            response.body().subscribe(body);
            try {
                Answer head = new Answer(response.statusCode(), response.headers(), new byte[0]);
                if (head.status() != 200 || !head.mediaType().equals("text/event-stream")) {
                    return transport.reader().problem(new Answer(head.status(), head.headers(), body.rest(Call.SHORT)));
                }
                tell(new StreamState.Connected());
                return readEvents();
            } finally {
                body.cancel();
            }
        }

        private Problem readEvents() throws InterruptedException, IOException {
            ServerSentEventParser parser =
                    new ServerSentEventParser(lastEventId, LONGEST_EVENT, EventStream.this::dispatch);
            while (!closed) {
                @Nullable List<ByteBuffer> piece = body.next(timing.silence());
                if (piece == null) {
                    break;
                }
                heard = true;
                for (ByteBuffer bytes : piece) {
                    try {
                        parser.feed(bytes);
                    } catch (ServerSentEventParser.TooLongException tooLong) {
                        // Asking for the same event again would end here again.
                        lastEventId = "";
                        throw tooLong;
                    }
                    lastEventId = parser.lastEventId();
                }
                Integer asked = parser.retryMillis();
                if (asked != null) {
                    Duration wanted = Duration.ofMillis(asked);
                    firstPause = wanted.compareTo(LEAST_ASKED_PAUSE) < 0 ? LEAST_ASKED_PAUSE : wanted;
                }
            }
            return Problem.of(
                    ProblemCode.UNREACHABLE,
                    DatazoneAddress.shown(transport.address())
                            + (body.isSilent()
                                    ? " has not been heard for "
                                            + timing.silence().toSeconds() + " s."
                                    : " closed the stream of events."),
                    "It is tried again by itself.");
        }
    }

    /** Other ids exist by the standard but not from our datazones; without one everything is read anew. */
    private static boolean isHeaderValue(String id) {
        return !id.isEmpty() && id.length() <= 200 && id.chars().allMatch(letter -> letter > ' ' && letter < 127);
    }
}
