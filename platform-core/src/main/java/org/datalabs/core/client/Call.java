package org.datalabs.core.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to a datazone.
 *
 * @param path path and query below the datazone's address
 * @param body what to send as JSON, or null
 * @param headers further headers
 * @param timeout how long the whole answer may take
 * @param repeatable whether sending it twice has the effect of sending it once
 */
record Call(
        String method,
        String path,
        @Nullable Object body,
        Map<String, String> headers,
        Duration timeout,
        boolean repeatable) {
    static final Duration SHORT = Duration.ofSeconds(10);
    static final Duration LONG = Duration.ofSeconds(30);

    Call {
        headers = Map.copyOf(headers);
    }

    static Call get(String path) {
        return new Call("GET", path, null, Map.of(), SHORT, true);
    }

    static Call put(String path, Object body) {
        return new Call("PUT", path, body, Map.of(), SHORT, true);
    }

    static Call delete(String path) {
        return new Call("DELETE", path, null, Map.of(), LONG, true);
    }

    static Call patch(String path, Object body) {
        return new Call("PATCH", path, body, Map.of(), SHORT, false);
    }

    static Call post(String path, @Nullable Object body) {
        return new Call("POST", path, body, Map.of(), LONG, false);
    }

    Call within(Duration limit) {
        return new Call(method, path, body, headers, limit, repeatable);
    }

    Call with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Call(method, path, body, more, timeout, repeatable);
    }

    /** The same with a key by which the datazone knows a repetition. */
    Call withKey(String header, String key) {
        Call keyed = with(header, key);
        return new Call(method, path, body, keyed.headers, timeout, true);
    }
}
