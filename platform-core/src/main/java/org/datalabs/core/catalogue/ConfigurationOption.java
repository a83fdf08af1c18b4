package org.datalabs.core.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a datalab that the user may change before a launch.
 *
 * @param name identifier in requests and placeholders, {@code [a-z][a-z0-9_]*}
 * @param label short label to show
 * @param type which values are accepted
 * @param defaultValue value when the user gives none, in the text form of {@code type}
 * @param choices accepted values of a {@link Type#CHOICE}; empty for the others
 * @param minimum least value of a number, or null
 * @param maximum greatest value of a number, or null
 * @param help one sentence
 * @param environment environment variable that carries the value into the session, or null
 */
public record ConfigurationOption(
        String name,
        String label,
        Type type,
        String defaultValue,
        List<String> choices,
        @Nullable Double minimum,
        @Nullable Double maximum,
        String help,
        @Nullable String environment) {
    public ConfigurationOption {
        choices = List.copyOf(choices);
    }

    /** The forms a value may have. */
    public enum Type {
        /** One line of at most 1,000 characters. */
        STRING,
        INTEGER,
        NUMBER,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        CHOICE,
        /** An absolute, normalised path inside the session, or empty for none. */
        PATH
    }
}
