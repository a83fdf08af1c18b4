package org.datalabs.core.identity;

/**
 * A person who uses a datazone.
 *
 * @param id identity within the datazone
 * @param name the name to show
 */
public record User(UserId id, String name) {}
