package org.datalabs.backend.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.LogPage.Line;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionLogTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");

    @TempDir
    Path parent;

    private Path folder = Path.of("");
    private SessionLog log = new SessionLog(folder, 1000);

    @BeforeEach
    void open() {
        folder = parent.resolve("log");
        log = new SessionLog(folder, 1000);
    }

    @Test
    void isEmptyBeforeTheFirstLine() {
        assertThat(log.page(0, 10)).isEqualTo(new LogPage(List.of(), 0));
        assertThat(log.page(-1, 10)).isEqualTo(new LogPage(List.of(), 0));
        assertThat(log.page(500, 10)).isEqualTo(new LogPage(List.of(), 0));
    }

    @Test
    void keepsTimeSourceAndText() throws IOException {
        log.add(NOW, "start", List.of("a\ttab and ünïcödé"));

        assertThat(log.page(0, 10).lines()).containsExactly(new Line(NOW, "start", "a\ttab and ünïcödé"));
    }

    @Test
    void goesOnWhereAPageEnded() throws IOException {
        add("1", "2", "3", "4", "5");

        LogPage first = log.page(0, 2);
        LogPage second = log.page(first.next(), 2);
        LogPage third = log.page(second.next(), 2);

        assertThat(texts(first)).containsExactly("1", "2");
        assertThat(texts(second)).containsExactly("3", "4");
        assertThat(texts(third)).containsExactly("5");
        assertThat(log.page(third.next(), 2).lines()).isEmpty();
        add("6");
        assertThat(texts(log.page(third.next(), 2))).containsExactly("6");
        assertThat(texts(log.page(first.next(), 2))).containsExactly("3", "4");
    }

    @Test
    void givesTheLastLines() throws IOException {
        add("1", "2", "3", "4", "5");

        LogPage last = log.page(-1, 2);

        assertThat(texts(last)).containsExactly("4", "5");
        add("6");
        assertThat(texts(log.page(last.next(), 10))).containsExactly("6");
    }

    @Test
    void dropsTheOldestAndKeepsPositions() throws IOException {
        List<String> written = new ArrayList<>();
        long position = 0;
        for (int i = 0; i < 200; i++) {
            add("line " + i);
            written.add("line " + i);
            if (i == 190) {
                position = log.page(-1, 1).next();
            }
        }

        try (Stream<Path> parts = Files.list(folder)) {
            assertThat(parts.mapToLong(part -> part.toFile().length()).sum()).isBetween(1000L, 2100L);
        }
        List<String> left = texts(log.page(0, 1000));
        assertThat(left).isEqualTo(written.subList(written.size() - left.size(), written.size()));
        assertThat(texts(log.page(position, 1000))).isEqualTo(written.subList(191, 200));
        assertThat(texts(log.page(-1, 25))).isEqualTo(written.subList(175, 200));
        assertThat(log.page(Long.MAX_VALUE, 10).lines()).isEmpty();
    }

    @Test
    void readsOnAfterARestart() throws IOException {
        add("before");
        long next = log.page(0, 10).next();

        log = new SessionLog(folder, 1000);
        add("after");

        assertThat(texts(log.page(next, 10))).containsExactly("after");
    }

    @Test
    void cutsLongLinesAndDropsTerminalCodes() throws IOException {
        add("x".repeat(9000), "\u001b[1;31mred\u001b[0m\r", "bell\u0007");

        assertThat(texts(log.page(0, 10))).containsExactly("x".repeat(4000), "red", "bell");
    }

    @Test
    void forgetsEverything() throws IOException {
        add("gone");
        log.delete();

        assertThat(folder).doesNotExist();
        assertThat(log.page(0, 10).lines()).isEmpty();
    }

    private void add(String... texts) throws IOException {
        log.add(NOW, "datalab", List.of(texts));
    }

    private static List<String> texts(LogPage page) {
        return page.lines().stream().map(Line::text).toList();
    }
}
