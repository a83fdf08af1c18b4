package org.datalabs.backend.http;

/**
 * The form of a body, for the API's description.
 *
 * @param type the value, or the element of a list
 * @param list whether it is a list of {@code type}
 */
public record Shape(Class<?> type, boolean list) {
    public static Shape of(Class<?> type) {
        return new Shape(type, false);
    }

    public static Shape listOf(Class<?> type) {
        return new Shape(type, true);
    }
}
