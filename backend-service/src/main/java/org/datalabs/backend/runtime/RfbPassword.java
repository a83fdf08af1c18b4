package org.datalabs.backend.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The password of a session's RFB server where others than the data plane could reach its port: VNC authentication
 * (RFC 6143, section 7.2.2) takes eight bytes, of which these carry 48 bits. It stands behind the network policy, not
 * in place of it.
 */
public final class RfbPassword {
    private static final int LENGTH = 8;

    private RfbPassword() {}

    /**
     * The password that belongs to a session's token.
     *
     * @return eight characters of {@code A-Z a-z 0-9 - _}; a secret
     */
    public static String of(String token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest(("rfb:" + token).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(hash).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is always there", e);
        }
    }
}
