package org.datalabs.backend.session;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The secrets of sessions. */
public final class SessionToken {
    private static final int BYTES = 32;

    private SessionToken() {}

    /** A new one: 64 hexadecimal digits that nobody can guess. */
    public static String random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
