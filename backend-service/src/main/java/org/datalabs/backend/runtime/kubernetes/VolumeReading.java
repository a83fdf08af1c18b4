package org.datalabs.backend.runtime.kubernetes;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a volume cannot be mounted. Pure.
 *
 * @param message the machine's words
 */
record VolumeReading(String message) {
    private static final Pattern NAMED = Pattern.compile("for volume \"([^\"]+)\"|unmounted volumes=\\[([^ \\]]+)");

    /** Whether a machine says so of what was made a moment ago. */
    boolean isMomentary() {
        String low = message.toLowerCase(Locale.ROOT);
        return low.contains("failed to sync") || low.contains("object \"") || volume().isEmpty();
    }

    String reason() {
        String volume = volume();
        if (volume.equals(PodStorage.HOME_VOLUME)) {
            return "Your home cannot be mounted. " + why();
        }
        String data = PodStorage.dataVolume(volume);
        return (data == null ? "A volume cannot be mounted. " : "The volume " + data + " cannot be mounted. ") + why();
    }

    String remedy() {
        return PodStorage.dataVolume(volume()) == null
                ? "It is tried again by itself; if it stays like this, tell the operators of the datazone."
                : "It is tried again by itself. Or launch without this volume, and tell the operators of the datazone.";
    }

    private String volume() {
        Matcher matcher = NAMED.matcher(message);
        if (!matcher.find()) {
            return "";
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    private String why() {
        String low = message.toLowerCase(Locale.ROOT);
        if (low.contains("type check failed") || low.contains("no such file") || low.contains("not a directory")) {
            return "Its folder does not exist on the machine.";
        }
        if (low.contains("persistentvolumeclaim") && low.contains("not found")) {
            return "Its storage does not exist.";
        }
        if (low.contains("timed out") || low.contains("timeout") || low.contains("no route")) {
            return "Its server does not answer.";
        }
        if (low.contains("access denied") || low.contains("permission denied")) {
            return "Its server refuses this machine.";
        }
        if (low.contains("multi-attach")) {
            return "It is still in use on another machine.";
        }
        if (low.contains("no space left")) {
            return "The machine's disk is full.";
        }
        return Words.sentence(message.replaceFirst("(?s)^.*? : ", ""));
    }
}
