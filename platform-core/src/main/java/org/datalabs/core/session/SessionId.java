package org.datalabs.core.session;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Identifies a session; also a path segment, a host label, and part of the names of everything made for the session.
 *
 * @param value 16 characters of {@code a-z 2-7}, starting with a letter: 80 bits, so an id cannot be guessed, though
 *     knowing it grants nothing
 */
public record SessionId(@JsonValue String value) implements Comparable<SessionId> {
    private static final int LENGTH = 16;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LETTERS = 26;
    private static final Pattern FORM = Pattern.compile("[a-z][a-z2-7]{15}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SessionId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a session id");
        }
    }

    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    public static SessionId random(RandomGenerator random) {
        StringBuilder value = new StringBuilder(LENGTH);
        value.append(ALPHABET.charAt(random.nextInt(LETTERS)));
        while (value.length() < LENGTH) {
            value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new SessionId(value.toString());
    }

    @Override
    public int compareTo(SessionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
