package org.datalabs.core.yaml;

/**
 * A mistake in a file.
 *
 * @param file name of the file
 * @param line line, from 1
 * @param column column, from 1
 * @param field path of the value, such as {@code volumes[0].name}; empty when the file cannot be read at all
 * @param what what is wrong
 * @param remedy what would be right
 */
public record Mistake(String file, int line, int column, String field, String what, String remedy) {}
