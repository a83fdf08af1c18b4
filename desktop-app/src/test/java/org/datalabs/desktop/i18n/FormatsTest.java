package org.datalabs.desktop.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.datalabs.core.catalogue.Resources;
import org.junit.jupiter.api.Test;

class FormatsTest {
    private final Formats formats = new Formats();

    @Test
    void writesAmountsWithASpaceBeforeTheUnit() {
        assertThat(formats.bytes(2 * Resources.GB)).isEqualTo("2 GB");
        assertThat(formats.bytes(Resources.GB * 3 / 2)).isEqualTo("1.5 GB");
        assertThat(formats.bytes(512L << 20)).isEqualTo("512 MB");
        assertThat(formats.bytes(900)).isEqualTo("900 B");
        assertThat(formats.resources(new Resources(8000, 32 * Resources.GB, 1))).isEqualTo("8 cores, 32 GB, 1 GPU");
        assertThat(formats.resources(Resources.of(1, 2))).isEqualTo("1 core, 2 GB");
        assertThat(formats.cpu(500)).isEqualTo("0.5 cores");
    }

    @Test
    void writesDurationsInTheirTwoLargestUnits() {
        assertThat(formats.duration(Duration.ofMinutes(312))).isEqualTo("5 h 12 min");
        assertThat(formats.duration(Duration.ofHours(5))).isEqualTo("5 h");
        assertThat(formats.duration(Duration.ofSeconds(40))).isEqualTo("40 s");
        assertThat(formats.duration(Duration.ofHours(76))).isEqualTo("3 d 4 h");
        assertThat(formats.duration(Duration.ofSeconds(-3))).isEqualTo("0 s");
    }

    @Test
    void writesTimesInUtcAndTheDayOnlyWhenItIsAnother() {
        Instant now = Instant.parse("2026-11-18T10:42:00Z");
        assertThat(formats.recent(Instant.parse("2026-11-18T09:41:30Z"), now)).isEqualTo("09:41 UTC");
        assertThat(formats.recent(Instant.parse("2026-11-17T09:41:30Z"), now)).isEqualTo("17 Nov 2026, 09:41 UTC");
        assertThat(formats.ago(now.minusSeconds(20), now)).isEqualTo("now");
        assertThat(formats.ago(now.minusSeconds(900), now)).isEqualTo("15 min ago");
    }
}
