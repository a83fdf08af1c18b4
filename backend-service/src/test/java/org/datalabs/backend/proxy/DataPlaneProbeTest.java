package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.datalabs.backend.session.SessionDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DataPlaneProbeTest {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void readTheLog() {
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void leaveTheLog() {
        root.detachAppender(log);
    }

    @Test
    void takesAnAnswerWhoseBodyNeverEnds() {
        assertThat(ask(request -> request.response().setChunked(true).write("for ever")))
                .isTrue();
        assertThat(log.list).noneMatch(DataPlaneProbeTest::isLoud);
    }

    @Test
    void takesSilenceForNoAnswer() {
        assertThat(ask(request -> {})).isFalse();
        assertThat(log.list).noneMatch(DataPlaneProbeTest::isLoud);
    }

    @Test
    void takesABrokenAnswerForNone() {
        assertThat(ask(request -> request.connection().close())).isFalse();
        assertThat(log.list).noneMatch(DataPlaneProbeTest::isLoud);
    }

    /** Closes everything before it returns, so that whatever is to be logged has been. */
    private static boolean ask(Consumer<HttpServerRequest> datalab) {
        try (Plane plane = new Plane()) {
            var endpoint = plane.serve(datalab::accept);
            SessionDirectory.Entry entry = plane.web(endpoint);
            return plane.probe.answers(entry, endpoint).toCompletableFuture().join();
        }
    }

    private static boolean isLoud(ILoggingEvent event) {
        return event.getLevel().isGreaterOrEqual(Level.WARN);
    }
}
