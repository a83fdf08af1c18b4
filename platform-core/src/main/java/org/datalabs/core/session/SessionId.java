package org.datalabs.core.session;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;

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

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SessionId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a session id");
        }
    }

    public static boolean isValid(String value) {
        if (value.length() != LENGTH || !isLetter(value.charAt(0))) {
            return false;
        }
        for (int i = 1; i < LENGTH; i++) {
            char c = value.charAt(i);
            if (!isLetter(c) && (c < '2' || c > '7')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
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
