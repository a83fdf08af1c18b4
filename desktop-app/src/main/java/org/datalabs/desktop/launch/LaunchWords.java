package org.datalabs.desktop.launch;

import java.util.List;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;

/** Words of the wizard that several of its parts use. Immutable. */
final class LaunchWords {
    private static final int HOUR = 60;
    private static final int DAY = 1440;

    private final Texts texts = Texts.of(LaunchWords.class);
    private final Formats formats = new Formats();

    /** {@code 4.3.4, current}. */
    String version(Datalab datalab, Version version) {
        if (version.deprecated()) {
            return texts.get("version.deprecated", version.name());
        }
        return version.equals(datalab.currentVersion()) ? texts.get("version.current", version.name()) : version.name();
    }

    /** {@code This will be your fifth datalab of five.} */
    String place(QuotaUse quota) {
        int total = quota.quota().sessions();
        if (total == Integer.MAX_VALUE) {
            return "";
        }
        if (quota.sessionsLeft() == 0) {
            return texts.get("place.none", number(total));
        }
        return texts.get("place", ordinal(quota.sessions() + 1), number(total));
    }

    private String ordinal(int number) {
        List<String> words = List.of(texts.get("ordinals").split(" "));
        return number <= words.size() ? words.get(number - 1) : texts.get("ordinal.other", number);
    }

    /** {@code five}; figures above ten. */
    String number(int number) {
        List<String> words = List.of(texts.get("numbers").split(" "));
        return number >= 1 && number <= words.size() ? words.get(number - 1) : String.valueOf(number);
    }

    /** {@code Needs 2 more cores than you have left}. */
    String lock(ResourceChoices.Lock lock) {
        return switch (lock.obstacle()) {
            case LEAST -> texts.get("lock.least");
            case MOST -> texts.get("lock.most");
            case CPU -> texts.get("lock.cpu", formats.cores((int) lock.missing()));
            case MEMORY -> texts.get("lock.memory", formats.bytes(lock.missing()));
            case GPU -> texts.get("lock.gpu", lock.missing());
        };
    }

    /** {@code 24 hours}. */
    String lifetime(int minutes) {
        if (minutes > DAY && minutes % DAY == 0) {
            return texts.get("days", minutes / DAY);
        }
        if (minutes == HOUR) {
            return texts.get("hour");
        }
        return minutes % HOUR == 0 ? texts.get("hours", minutes / HOUR) : texts.get("minutes", minutes);
    }

    /** {@code 2 of 24 cores left}, after a launch that takes {@code own}. */
    String cpuLeft(QuotaUse quota, Resources own) {
        Resources left = quota.left().minus(own);
        return texts.get(
                "left.cpu",
                formats.cores(left.cpuMillis()),
                formats.cores(quota.quota().resources().cpuMillis()));
    }

    String memoryLeft(QuotaUse quota, Resources own) {
        Resources left = quota.left().minus(own);
        return texts.get(
                "left.memory",
                formats.gigabytes(left.memoryBytes()),
                formats.gigabytes(quota.quota().resources().memoryBytes()));
    }

    String gpuLeft(QuotaUse quota, Resources own) {
        Resources left = quota.left().minus(own);
        return texts.get("left.gpu", left.gpus(), quota.quota().resources().gpus());
    }

    String sessionsLeft(QuotaUse quota) {
        int left = Math.max(0, quota.sessionsLeft() - 1);
        int total = quota.quota().sessions();
        return left == 0 ? texts.get("left.sessions.none", total) : texts.get("left.sessions", left, total);
    }
}
