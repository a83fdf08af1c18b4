package org.datalabs.core.problem;

/**
 * A single value that was refused.
 *
 * @param field path of the value in the request or manifest, such as {@code mounts[1].path}
 * @param message what is wrong and what would be accepted, one sentence
 */
public record FieldError(String field, String message) {}
