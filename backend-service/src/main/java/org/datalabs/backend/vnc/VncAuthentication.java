package org.datalabs.backend.vnc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** VNC authentication (RFC 6143, section 7.2.2): DES under the password, each of whose bytes has its bits reversed. */
final class VncAuthentication {
    static final int CHALLENGE_LENGTH = 16;

    private static final int KEY_LENGTH = 8;

    private VncAuthentication() {}

    /**
     * The answer to a server's challenge.
     *
     * @param password only its first eight characters count
     * @param challenge {@link #CHALLENGE_LENGTH} bytes
     */
    static byte[] response(String password, byte[] challenge) {
        byte[] key = Arrays.copyOf(password.getBytes(StandardCharsets.ISO_8859_1), KEY_LENGTH);
        for (int i = 0; i < KEY_LENGTH; i++) {
            key[i] = (byte) (Integer.reverse(key[i]) >>> (Integer.SIZE - Byte.SIZE));
        }
        try {
            Cipher cipher = Cipher.getInstance("DES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "DES"));
            return cipher.doFinal(challenge);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has DES", e);
        }
    }
}
