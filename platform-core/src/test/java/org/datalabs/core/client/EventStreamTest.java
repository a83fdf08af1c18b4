package org.datalabs.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.problem.ProblemCode;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n";
    private static final StreamTiming FAST =
            new StreamTiming(Duration.ofMillis(300), Duration.ofMillis(1), Duration.ofMillis(20));

    private final Recorder recorder = new Recorder();

    @Test
    void deliversEventsAsTheyCome() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        try (RawServer server = new RawServer((number, request, out) -> {
                    RawServer.raw(out, HEAD + event("7", "catalogue", "{\"type\":\"catalogue\",\"revision\":\"r1\"}"));
                    second.await();
                    RawServer.raw(out, event("8", "volumes", "{\"type\":\"volumes\"}"));
                    RawServer.untilGone(out);
                });
                DatazoneClient client = client(server.address(), "secret");
                EventStream stream = EventStream.open(client, recorder, FAST)) {
            assertThat(recorder.event()).isEqualTo(new DatazoneEvent.CatalogueChanged("r1"));
            second.countDown();
            assertThat(recorder.event()).isEqualTo(new DatazoneEvent.VolumesChanged());
            assertThat(server.requests().get(0).header("Authorization")).isEqualTo("Bearer secret");
            assertThat(server.requests().get(0).header("Last-Event-ID")).isNull();
            assertThat(recorder.states.take()).isEqualTo(new StreamState.Connecting());
            assertThat(recorder.states.take()).isEqualTo(new StreamState.Connected());
            assertThat(stream).isNotNull();
        }
    }

    @Test
    void resumesAfterTheLastEvent() throws Exception {
        try (RawServer server = new RawServer((number, request, out) -> {
                    RawServer.raw(
                            out, HEAD + event("id-" + number, "volumes", "{\"type\":\"volumes\"}") + "data: cut off");
                });
                DatazoneClient client = client(server.address(), "t");
                EventStream stream = EventStream.open(client, recorder, FAST)) {
            recorder.event();
            recorder.event();
            recorder.event();
            assertThat(server.requests().get(1).header("Last-Event-ID")).isEqualTo("id-1");
            assertThat(server.requests().get(2).header("Last-Event-ID")).isEqualTo("id-2");
            assertThat(stream).isNotNull();
        }
    }

    @Test
    void givesUpASilentConnection() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer server = new RawServer((number, request, out) -> {
                    RawServer.raw(out, HEAD + ": hello\n\n");
                    if (number == 1) {
                        never.await();
                    }
                    RawServer.raw(out, event("1", "volumes", "{\"type\":\"volumes\"}"));
                    RawServer.untilGone(out);
                });
                DatazoneClient client = client(server.address(), "t");
                EventStream stream = EventStream.open(client, recorder, FAST)) {
            assertThat(recorder.event()).isEqualTo(new DatazoneEvent.VolumesChanged());
            assertThat(recorder.waiting().cause().what()).contains("has not been heard");
            assertThat(stream).isNotNull();
        }
    }

    @Test
    void staysWithAConnectionThatOnlySendsComments() throws Exception {
        CountDownLatch kept = new CountDownLatch(1);
        try (RawServer server = new RawServer((number, request, out) -> {
                    RawServer.raw(out, HEAD);
                    for (int comment = 0; comment < 10; comment++) {
                        RawServer.raw(out, ":\n");
                        TimeUnit.MILLISECONDS.sleep(60);
                    }
                    kept.countDown();
                    RawServer.untilGone(out);
                });
                DatazoneClient client = client(server.address(), "t");
                EventStream stream = EventStream.open(client, recorder, FAST)) {
            assertThat(kept.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(server.requests()).hasSize(1);
            assertThat(stream).isNotNull();
        }
    }

    @Test
    void readsEverythingAnewAfterAnEventThatCannotBeRead() throws Exception {
        try (RawServer server = new RawServer((number, request, out) -> {
                    RawServer.raw(
                            out,
                            HEAD
                                    + event("1", "catalogue", "{\"type\":\"catalogue\",\"rev")
                                    + event("2", "catalogue", "{\"type\":\"catalogue\"}")
                                    + event("3", "weather", "{\"type\":\"weather\",\"rain\":true}")
                                    + event("4", "volumes", "{\"type\":\"volumes\",\"more\":1}"));
                    RawServer.untilGone(out);
                });
                DatazoneClient client = client(server.address(), "t");
                EventStream stream = EventStream.open(client, recorder, FAST)) {
            assertThat(List.of(recorder.event(), recorder.event(), recorder.event()))
                    .containsExactly(
                            new DatazoneEvent.Resync(), new DatazoneEvent.Resync(), new DatazoneEvent.VolumesChanged());
            assertThat(stream).isNotNull();
        }
    }

    @Test
    void tellsTheProblemOfARefusalAndTriesAgain() throws Exception {
        try (RawServer server = new RawServer((number, request, out) -> {
                    if (number == 1) {
                        RawServer.write(
                                out,
                                401,
                                "application/problem+json",
                                "{\"type\":\"urn:datalabs:problem:NOT_SIGNED_IN\",\"detail\":\"No.\",\"remedy\":\"Do.\"}");
                    } else if (number == 2) {
                        RawServer.write(out, 200, "text/html", "<html>");
                    } else {
                        RawServer.raw(out, HEAD);
                        RawServer.untilGone(out);
                    }
                });
                DatazoneClient client = client(server.address(), "t");
                EventStream stream = EventStream.open(client, recorder, FAST)) {
            assertThat(recorder.waiting().cause().code()).isEqualTo(ProblemCode.NOT_SIGNED_IN);
            assertThat(recorder.waiting().cause().what()).contains("web page");
            assertThat(recorder.states.take()).isEqualTo(new StreamState.Connecting());
            assertThat(recorder.states.take()).isEqualTo(new StreamState.Connected());
            assertThat(stream).isNotNull();
        }
    }

    @Test
    void forgetsItsPlaceAfterAnAbsurdlyLongEvent() throws Exception {
        String piece = "x".repeat(1 << 16);
        try (RawServer server = new RawServer((number, request, out) -> {
                    RawServer.raw(
                            out, HEAD + event(String.valueOf(number), "volumes", "{\"type\":\"volumes\"}") + "data:");
                    for (int count = 0; count < 100; count++) {
                        RawServer.raw(out, piece);
                    }
                });
                DatazoneClient client = client(server.address(), "t");
                EventStream stream = EventStream.open(client, recorder, FAST)) {
            recorder.event();
            recorder.event();
            assertThat(server.requests().get(1).header("Last-Event-ID")).isNull();
            assertThat(stream).isNotNull();
        }
    }

    @Test
    void outlivesAListenerThatFails() throws Exception {
        BlockingQueue<DatazoneEvent> heard = new LinkedBlockingQueue<>();
        EventListener failing = new EventListener() {
            @Override
            public void onEvent(DatazoneEvent event) {
                heard.add(event);
                throw new IllegalStateException("a fault of the listener, on purpose");
            }

            @Override
            public void onState(StreamState state) {}
        };
        try (RawServer server = new RawServer((number, request, out) -> {
                    String news = event("1", "volumes", "{\"type\":\"volumes\"}");
                    RawServer.raw(out, HEAD + news + news);
                    RawServer.untilGone(out);
                });
                DatazoneClient client = client(server.address(), "t");
                EventStream stream = EventStream.open(client, failing, FAST)) {
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(stream).isNotNull();
        }
    }

    @Test
    void triesAtOnceWhenAsked() throws Exception {
        StreamTiming patient = new StreamTiming(Duration.ofSeconds(9), Duration.ofHours(1), Duration.ofHours(1));
        try (RawServer server = RawServer.answering(500, "text/plain", "no");
                DatazoneClient client = client(server.address(), "t");
                EventStream stream = EventStream.open(client, recorder, patient)) {
            assertThat(recorder.waiting().retryIn()).isGreaterThan(Duration.ofMinutes(29));
            stream.retryNow();
            recorder.waiting();
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void endsPromptlyInEveryState() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        EventListener listener = new EventListener() {
            @Override
            public void onEvent(DatazoneEvent event) {}

            @Override
            public void onState(StreamState state) {
                thread.set(Thread.currentThread());
            }
        };
        try (RawServer server = new RawServer((number, request, out) -> {
                    arrived.countDown();
                    never.await();
                });
                DatazoneClient client = client(server.address(), "t")) {
            EventStream stream = EventStream.open(client, listener);
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            stream.close();
            thread.get().join(5000);
            assertThat(thread.get().isAlive()).isFalse();
        }
    }

    private static String event(String id, String type, String data) {
        return "id: " + id + "\nevent: " + type + "\ndata: " + data + "\n\n";
    }

    private static DatazoneClient client(URI address, String token) {
        return new DatazoneClient(address, () -> Optional.of(token));
    }

    /** Keeps what it hears. */
    private static final class Recorder implements EventListener {
        private final BlockingQueue<DatazoneEvent> events = new LinkedBlockingQueue<>();
        private final BlockingQueue<StreamState> states = new LinkedBlockingQueue<>();

        @Override
        public void onEvent(DatazoneEvent event) {
            events.add(event);
        }

        @Override
        public void onState(StreamState state) {
            states.add(state);
        }

        DatazoneEvent event() throws InterruptedException {
            DatazoneEvent event = events.poll(10, TimeUnit.SECONDS);
            assertThat(event).as("an event").isNotNull();
            return event;
        }

        StreamState.Waiting waiting() throws InterruptedException {
            while (true) {
                StreamState state = states.poll(10, TimeUnit.SECONDS);
                assertThat(state).as("a state").isNotNull();
                if (state instanceof StreamState.Waiting waiting) {
                    return waiting;
                }
            }
        }
    }
}
