package org.datalabs.desktop.datazone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javafx.collections.ListChangeListener;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.session.UsageSample;
import org.junit.jupiter.api.Test;

class LiveStateTest {
    private final LiveState live = new LiveState(new Connection.Connecting("Connecting"));
    private final Session first = FakeDatalabs.ready(1, FakeDatalabs.topcat());
    private final Session second = FakeDatalabs.ready(2, FakeDatalabs.jupyter());
    private final Session third = FakeDatalabs.ready(3, FakeDatalabs.topcat());

    @Test
    void keepsSessionsNewestFirst() {
        live.putSession(second);
        live.putSession(first);
        live.putSession(third);

        assertThat(live.sessions()).containsExactly(third, second, first);
    }

    @Test
    void changesOnlyWhatDiffers() {
        live.setSessions(List.of(first, second));
        List<String> changes = new ArrayList<>();
        live.sessions().addListener((ListChangeListener<Session>) change -> {
            while (change.next()) {
                changes.add(change.getFrom() + " +" + change.getAddedSize() + " -" + change.getRemovedSize());
            }
        });
        live.setSessions(List.of(second, first));
        assertThat(changes).isEmpty();
        live.setSessions(List.of(first, second, third));

        assertThat(changes).containsExactly("0 +1 -0");
    }

    @Test
    void doesNotGoBackToAnOlderRevision() {
        Session newer = FakeDatalabs.ready(1, FakeDatalabs.topcat());
        Session older = newer.with("old name", newer.endsAt()).revised(0);
        live.putSession(newer);
        live.putSession(older);

        assertThat(live.sessions()).containsExactly(newer);
    }

    @Test
    void leavesOutWhatWasDestroyed() {
        live.putSession(first);
        live.putSession(first.with(new SessionState.Stopped(FakeDatalabs.NOON)));
        live.setSessions(List.of(second.with(new SessionState.Stopped(FakeDatalabs.NOON)), first));

        assertThat(live.sessions()).isEmpty();
    }

    @Test
    void keepsTheLastSamplesInOrder() {
        live.putSession(first);
        List<UsageSample> samples = IntStream.range(0, LiveState.MOST_SAMPLES + 10)
                .mapToObj(i -> new UsageSample(first.id(), FakeDatalabs.NOON.plusSeconds(i), i, i))
                .toList();
        samples.forEach(sample -> live.addUsage(List.of(sample)));
        live.addUsage(List.of(samples.get(0)));

        assertThat(live.usage(first.id()))
                .isEqualTo(samples.subList(10, samples.size()))
                .hasSize(LiveState.MOST_SAMPLES);
    }
}
