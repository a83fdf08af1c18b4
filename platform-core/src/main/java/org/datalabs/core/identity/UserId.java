package org.datalabs.core.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Identifies a user within one datazone.
 *
 * @param value 1 to 128 characters of {@code A-Z a-z 0-9 . _ @ : -}
 */
public record UserId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._@:-]{1,128}");

    /** Owns the sessions that wait for whoever launches them; no user has this id. */
    public static final UserId PLATFORM = new UserId("datalabs:platform");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public UserId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a user id");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
