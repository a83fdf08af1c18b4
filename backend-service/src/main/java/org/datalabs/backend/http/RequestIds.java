package org.datalabs.backend.http;

import io.vertx.core.http.HttpServerResponse;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Gives each request an id that its answer, its problem and the log name. Thread-safe. */
public final class RequestIds {
    private static final String HEADER = "X-Request-Id";
    private static final int BYTES = 8;

    private final RandomGenerator random = new SecureRandom();

    void assign(HttpServerResponse response) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        response.putHeader(HEADER, HexFormat.of().formatHex(bytes));
    }

    /** The id of the request that is answered. */
    public static String of(HttpServerResponse response) {
        String id = response.headers().get(HEADER);
        return id == null ? "unknown" : id;
    }
}
