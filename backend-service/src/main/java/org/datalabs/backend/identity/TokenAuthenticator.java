package org.datalabs.backend.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.datalabs.backend.http.Authenticator;
import org.datalabs.core.identity.User;
import org.jspecify.annotations.Nullable;

/** Knows one user by one bearer token (RFC 6750). Compares digests, in a time that tells nothing of the token. */
public final class TokenAuthenticator implements Authenticator {
    private static final String SCHEME = "bearer ";

    private final byte[] digest;
    private final User user;

    public TokenAuthenticator(String token, User user) {
        this.digest = digest(token);
        this.user = user;
    }

    @Override
    public Optional<User> user(@Nullable String authorization) {
        if (authorization == null
                || authorization.length() <= SCHEME.length()
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String token = authorization.substring(SCHEME.length()).strip();
        return MessageDigest.isEqual(digest, digest(token)) ? Optional.of(user) : Optional.empty();
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is always there", e);
        }
    }
}
