package org.datalabs.core.catalogue;

/**
 * A mistake in a manifest.
 *
 * @param file name of the manifest
 * @param line line, from 1
 * @param column column, from 1
 * @param field path of the value, such as {@code versions[0].port}; empty when the file cannot be read at all
 * @param what what is wrong
 * @param remedy what would be right
 */
public record ManifestProblem(String file, int line, int column, String field, String what, String remedy) {
    /** The whole as one line for a log or a terminal. */
    public String text() {
        return file + ":" + line + ":" + column + (field.isEmpty() ? "" : " " + field) + ": " + what + " " + remedy;
    }
}
