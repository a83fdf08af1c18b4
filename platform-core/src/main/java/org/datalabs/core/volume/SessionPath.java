package org.datalabs.core.volume;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The form of paths inside a session: absolute, normalised, POSIX (IEEE Std 1003.1, section 4.13), printable. Pure.
 */
public final class SessionPath {
    /** Most bytes of a path in UTF-8. */
    public static final int LONGEST = 1024;

    /** Most bytes of one segment in UTF-8, as Linux file systems have it. */
    public static final int LONGEST_SEGMENT = 255;

    private SessionPath() {}

    /** What is wrong with the form of {@code path} and what would be right, one sentence; empty when it is fine. */
    public static Optional<String> formError(String path) {
        if (path.isEmpty()) {
            return Optional.of("Give a path, such as /data/m31.");
        }
        if (path.charAt(0) != '/') {
            return Optional.of("Start the path with a slash, such as /data/m31.");
        }
        if (path.codePoints().anyMatch(SessionPath::isUnprintable)) {
            return Optional.of("Leave out control characters and other characters that cannot be seen.");
        }
        if (path.indexOf(':') >= 0) {
            return Optional.of("Leave out the colon; clusters cannot mount such a path.");
        }
        if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return Optional.of("Shorten the path to at most " + LONGEST + " bytes.");
        }
        if (path.length() == 1) {
            return Optional.empty();
        }
        if (path.endsWith("/")) {
            return Optional.of("Leave out the slash at the end.");
        }
        for (String segment : path.substring(1).split("/", -1)) {
            if (segment.isEmpty()) {
                return Optional.of("Leave out the second of two slashes in a row.");
            }
            if (segment.equals(".") || segment.equals("..")) {
                return Optional.of("Give the path without . and .. parts.");
            }
            if (segment.getBytes(StandardCharsets.UTF_8).length > LONGEST_SEGMENT) {
                return Optional.of("Shorten each part of the path to at most " + LONGEST_SEGMENT + " bytes.");
            }
        }
        return Optional.empty();
    }

    /** Whether two paths are the same or one lies below the other; both normalised. */
    public static boolean overlap(String one, String other) {
        return isWithin(one, other) || isWithin(other, one);
    }

    /** Whether {@code path} is {@code folder} or lies below it; both normalised. */
    static boolean isWithin(String path, String folder) {
        return path.startsWith(folder) && (path.length() == folder.length() || path.charAt(folder.length()) == '/');
    }

    /** Controls, invisible formatting (such as a change of writing direction), line ends, and halves of characters. */
    private static boolean isUnprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
