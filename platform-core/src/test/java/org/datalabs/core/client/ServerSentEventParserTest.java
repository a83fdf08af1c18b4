package org.datalabs.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSentEventParserTest {
    private final List<ServerSentEvent> events = new ArrayList<>();
    private final ServerSentEventParser parser = new ServerSentEventParser("", 1000, events::add);

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void takesEveryLineEnd(String end) throws Exception {
        feed(String.join(end, "event: a", "data: 1", "data:2", "data", "", "data:  3", "", ""));
        assertThat(events).containsExactly(new ServerSentEvent("a", "1\n2\n"), new ServerSentEvent("message", " 3"));
    }

    @Test
    void readsTheExamplesOfTheStandard() throws Exception {
        feed(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n");
        assertThat(events)
                .extracting(ServerSentEvent::data)
                .containsExactly("first event", "second event", " third event");
        events.clear();
        feed("data\n\ndata\ndata\n\ndata:\n");
        assertThat(events).extracting(ServerSentEvent::data).containsExactly("", "\n");
    }

    @Test
    void keepsTheIdOfTheLastDispatchedEvent() throws Exception {
        feed("id: 1\ndata: a\n\n");
        assertThat(parser.lastEventId()).isEqualTo("1");
        feed("id: 2\ndata: cut");
        assertThat(parser.lastEventId()).isEqualTo("1");
        feed("\n\n");
        assertThat(parser.lastEventId()).isEqualTo("2");
        feed("data: none of its own\n\n");
        assertThat(parser.lastEventId()).isEqualTo("2");
        feed("id: 3\u0000\ndata: x\n\n");
        assertThat(parser.lastEventId()).isEqualTo("2");
        feed("id: 4\n\n");
        assertThat(parser.lastEventId()).isEqualTo("4");
        feed("id\n\n");
        assertThat(parser.lastEventId()).isEmpty();
    }

    @Test
    void dropsAnEventWithoutDataAndItsType() throws Exception {
        feed("event: a\n\ndata: x\n\n");
        assertThat(events).containsExactly(new ServerSentEvent("message", "x"));
    }

    @Test
    void readsTheReconnectionTime() throws Exception {
        feed("retry: 1500\nretry: x\nretry: -1\nretry: 99999999999\nretry:\n");
        assertThat(parser.retryMillis()).isEqualTo(1500);
    }

    @Test
    void passesOverAByteOrderMarkAtTheStartOnly() throws Exception {
        feed("\uFEFFdata: x\n\n\uFEFFdata: y\n\n");
        assertThat(events).extracting(ServerSentEvent::data).containsExactly("x");
    }

    @Test
    void refusesLinesAndEventsWithoutEnd() {
        assertThatThrownBy(() -> feed("data: " + "x".repeat(1000)))
                .isInstanceOf(ServerSentEventParser.TooLongException.class);
        assertThatThrownBy(() -> feed("\n" + "data: xxxxxxxxxxxxxxxxxxxxx\n".repeat(60)))
                .isInstanceOf(ServerSentEventParser.TooLongException.class);
    }

    @Property(tries = 500)
    void doesNotMindWhereTheStreamIsCut(@ForAll("streams") String stream, @ForAll List<Integer> cuts) throws Exception {
        List<ServerSentEvent> whole = new ArrayList<>();
        ServerSentEventParser one = new ServerSentEventParser("", 1000, whole::add);
        one.feed(ByteBuffer.wrap(stream.getBytes(StandardCharsets.UTF_8)));
        List<ServerSentEvent> pieces = new ArrayList<>();
        ServerSentEventParser other = new ServerSentEventParser("", 1000, pieces::add);
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        int[] places = cuts.stream()
                .mapToInt(cut -> Math.floorMod(cut, bytes.length + 1))
                .sorted()
                .toArray();
        int start = 0;
        for (int place : places) {
            other.feed(ByteBuffer.wrap(Arrays.copyOfRange(bytes, start, place)));
            start = place;
        }
        other.feed(ByteBuffer.wrap(Arrays.copyOfRange(bytes, start, bytes.length)));
        assertThat(pieces).isEqualTo(whole);
        assertThat(other.lastEventId()).isEqualTo(one.lastEventId());
    }

    @Provide
    Arbitrary<String> streams() {
        return Arbitraries.of("data", ":", " ", "\n", "\r", "\r\n", "id", "event", "é", "🔭", "x", "retry", "1", "\n\n")
                .list()
                .ofMaxSize(40)
                .map(list -> String.join("", list));
    }

    private void feed(String text) throws Exception {
        parser.feed(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
