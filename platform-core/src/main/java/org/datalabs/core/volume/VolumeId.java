package org.datalabs.core.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Identifies a data volume within one datazone; also a path segment and a Kubernetes label value.
 *
 * @param value a DNS label (RFC 1123): 1 to 63 characters of {@code a-z 0-9 -}, neither starting nor ending with a dash
 */
public record VolumeId(@JsonValue String value) implements Comparable<VolumeId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public VolumeId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a volume id");
        }
    }

    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public int compareTo(VolumeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
