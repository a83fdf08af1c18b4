package org.datalabs.backend.proxy;

import java.util.Optional;
import org.datalabs.core.identity.UserId;

/** Tells whose credentials of the API these are. Answers from memory, never blocks; thread-safe. */
@FunctionalInterface
public interface ApiUsers {

    /**
     * The user whom the credentials prove.
     *
     * @param authorization value of an {@code Authorization} header
     */
    Optional<UserId> user(String authorization);
}
