package org.datalabs.desktop.datazone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BackoffTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    @Property
    void waitsBetweenHalfASecondAndHalfAMinute(@ForAll @IntRange(min = 1) int failures, @ForAll long seed) {
        assertThat(BACKOFF.delay(failures, new Random(seed))).isBetween(Duration.ofMillis(500), Duration.ofSeconds(30));
    }

    @Property
    void neverWaitsShorterTheLongerItFails(@ForAll @IntRange(min = 1, max = 40) int failures, @ForAll long seed) {
        assertThat(BACKOFF.delay(failures + 1, new Random(seed)))
                .isGreaterThanOrEqualTo(BACKOFF.delay(failures, new Random(seed)));
    }
}
