package org.datalabs.backend.http;

import java.util.Optional;
import org.datalabs.core.identity.User;
import org.jspecify.annotations.Nullable;

/** Tells who sends a request. Thread-safe; never blocks. */
@FunctionalInterface
public interface Authenticator {

    /**
     * The user whom the credentials prove.
     *
     * @param authorization value of the Authorization header, or null
     */
    Optional<User> user(@Nullable String authorization);
}
