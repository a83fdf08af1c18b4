package org.datalabs.backend.http;

import io.vertx.core.http.HttpServerResponse;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Gives each request an id that its answer, its problem and the log name. Thread-safe. */
public final class RequestIds {
    private static final String HEADER = "X-Request-Id";

    void assign(HttpServerResponse response) {
        // They tell requests apart and are no secrets.
        response.putHeader(
                HEADER, HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    }

    /** The id of the request that is answered. */
    public static String of(HttpServerResponse response) {
        String id = response.headers().get(HEADER);
        return id == null ? "unknown" : id;
    }
}
