package org.datalabs.desktop.datazone;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a datazone is and what opens it.
 *
 * @param address http or https, without a query
 * @param token bearer token, a secret, or null when it needs none
 */
record Endpoint(URI address, @Nullable String token) {
    @Override
    public String toString() {
        return "Endpoint[" + address + "]";
    }
}
