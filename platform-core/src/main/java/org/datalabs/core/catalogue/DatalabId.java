package org.datalabs.core.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Identifies a datalab; also a path segment and a Kubernetes label value.
 *
 * @param value a DNS label (RFC 1123): 1 to 63 characters of {@code a-z 0-9 -}, neither starting nor ending with a dash
 */
public record DatalabId(@JsonValue String value) implements Comparable<DatalabId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DatalabId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a datalab id");
        }
    }

    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public int compareTo(DatalabId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
