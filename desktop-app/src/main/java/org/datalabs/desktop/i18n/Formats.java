package org.datalabs.desktop.i18n;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.datalabs.core.catalogue.Resources;

/** Amounts and times as the app writes them: units with a space, times in UTC. Immutable. */
public final class Formats {
    private static final long KB = 1L << 10;
    private static final long MB = 1L << 20;
    private static final int MINUTES = 60;
    private static final int HOURS = 24;

    private final Texts texts = Texts.of(Formats.class);
    private final DateTimeFormatter time = formatter("HH:mm");
    private final DateTimeFormatter day = formatter("d MMM uuuu");
    private final DateTimeFormatter dayAndTime = formatter("d MMM uuuu, HH:mm");

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    /** {@code 512 MB}, {@code 1.5 GB}; the units are powers of 1,024. */
    public String bytes(long bytes) {
        if (bytes >= Resources.GB) {
            return texts.get("bytes.gb", short1(bytes, Resources.GB));
        }
        if (bytes >= MB) {
            return texts.get("bytes.mb", short1(bytes, MB));
        }
        return bytes >= KB ? texts.get("bytes.kb", short1(bytes, KB)) : texts.get("bytes.b", String.valueOf(bytes));
    }

    /** Gigabytes without their unit, such as {@code 6.2}. */
    public String gigabytes(long bytes) {
        return short1(bytes, Resources.GB);
    }

    /** Cores without their unit, such as {@code 0.5}. */
    public String cores(int cpuMillis) {
        return short1(cpuMillis, 1000);
    }

    /** {@code 2 cores}, {@code 1 core}. */
    public String cpu(int cpuMillis) {
        return texts.get(cpuMillis == 1000 ? "core" : "cores", cores(cpuMillis));
    }

    /** {@code 8 cores, 32 GB, 1 GPU}. */
    public String resources(Resources resources) {
        String base = texts.get("resources", cpu(resources.cpuMillis()), bytes(resources.memoryBytes()));
        if (resources.gpus() == 0) {
            return base;
        }
        return texts.get("resources", base, texts.get(resources.gpus() == 1 ? "gpu" : "gpus", resources.gpus()));
    }

    /** {@code 3 d 4 h}, {@code 5 h 12 min}, {@code 40 s}; negative durations count as none. */
    public String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        long minutes = seconds / MINUTES;
        long hours = minutes / MINUTES;
        if (hours >= HOURS) {
            return two(texts.get("days", hours / HOURS), hours % HOURS, "hours");
        }
        if (hours > 0) {
            return two(texts.get("hours", hours), minutes % MINUTES, "minutes");
        }
        return minutes > 0 ? texts.get("minutes", minutes) : texts.get("seconds", seconds);
    }

    /** How long ago {@code then} was at {@code now}, to the minute: {@code now}, {@code 12 min ago}. */
    public String ago(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        return age.toMinutes() < 1 ? texts.get("now") : texts.get("ago", duration(age));
    }

    /** {@code 10:42}, UTC. */
    public String time(Instant instant) {
        return time.format(instant);
    }

    /** {@code 18 Nov 2026}. */
    public String day(LocalDate date) {
        return day.format(date);
    }

    /** {@code 18 Nov 2026, 10:42 UTC}. */
    public String moment(Instant instant) {
        return texts.get("utc", dayAndTime.format(instant));
    }

    /** The time alone when {@code instant} is on the day of {@code now}, else day and time. */
    public String recent(Instant instant, Instant now) {
        return day(instant).equals(day(now)) ? texts.get("utc", time(instant)) : moment(instant);
    }

    private String day(TemporalAccessor instant) {
        return day.format(instant);
    }

    private String two(String first, long rest, String unit) {
        return rest == 0 ? first : texts.get("two", first, texts.get(unit, rest));
    }

    private static String short1(long amount, long unit) {
        return BigDecimal.valueOf(amount)
                .divide(BigDecimal.valueOf(unit), 1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
