package org.datalabs.backend.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.datalabs.backend.MovableClock;
import org.datalabs.backend.server.Until;
import org.datalabs.core.session.SessionId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlarmsTest {
    private static final SessionId ONE = new SessionId("aaaaaaaaaaaaaaaa");
    private static final SessionId OTHER = new SessionId("bbbbbbbbbbbbbbbb");
    private static final Instant NOW = Records.NOW;
    private static final Instant LATER = NOW.plus(Duration.ofHours(12));

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final List<SessionId> woken = new CopyOnWriteArrayList<>();
    private final Alarms alarms = new Alarms(timer, new MovableClock(NOW), woken::add);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void keepsOneAlarmOfASessionHoweverOftenItsTimeMoves() {
        for (int minute = 0; minute < 1000; minute++) {
            alarms.set(ONE, LATER.plusSeconds(60L * minute));
        }
        alarms.set(OTHER, LATER);
        assertThat(timer.getQueue()).hasSize(2);
    }

    @Test
    void wakesAtTheTimeThatWasSetLast() {
        alarms.set(ONE, LATER);
        alarms.set(ONE, NOW);
        Until.holds(Duration.ofSeconds(10), () -> woken.equals(List.of(ONE)));
        assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void wakesOnceForOneTime() {
        alarms.set(ONE, NOW);
        Until.holds(Duration.ofSeconds(10), () -> woken.size() == 1);
        alarms.set(ONE, NOW);
        assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void forgetsWhatIsCleared() {
        alarms.set(ONE, LATER);
        alarms.clear(ONE);
        assertThat(timer.getQueue()).isEmpty();
        alarms.set(ONE, LATER);
        assertThat(timer.getQueue()).hasSize(1);
    }
}
