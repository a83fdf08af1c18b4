package org.datalabs.backend.proxy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Makes and hashes the secrets of tickets and admissions: 256 random bits each, so a plain hash keeps them. */
final class Secrets {
    private static final int BYTES = 32;
    private static final int LENGTH = 43;

    /** Sets the platform's tickets apart from a query parameter of the same name that belongs to a datalab. */
    static final String TICKET_PREFIX = "dlt_";

    private final SecureRandom random;

    Secrets(SecureRandom random) {
        this.random = random;
    }

    String ticket() {
        return TICKET_PREFIX + cookie();
    }

    String cookie() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static boolean isTicket(String value) {
        return value.startsWith(TICKET_PREFIX) && isCookie(value.substring(TICKET_PREFIX.length()));
    }

    static boolean isCookie(String value) {
        if (value.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = value.charAt(i);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (!letter && !(c >= '0' && c <= '9') && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
