package org.datalabs.backend.http;

/**
 * A query parameter or header that a route takes; always optional.
 *
 * @param name its name
 * @param type JSON Schema type: {@code string}, {@code integer} or {@code boolean}
 * @param description one sentence
 */
public record Parameter(String name, String type, String description) {
    public static Parameter text(String name, String description) {
        return new Parameter(name, "string", description);
    }

    public static Parameter number(String name, String description) {
        return new Parameter(name, "integer", description);
    }

    public static Parameter flag(String name, String description) {
        return new Parameter(name, "boolean", description);
    }
}
