package org.datalabs.core.catalogue;

/**
 * A named choice of resources.
 *
 * @param id short name for requests, such as {@code medium}
 * @param name the name to show
 * @param resources what it grants
 * @param note for what it is good, one short phrase; may be empty
 */
public record ResourcePreset(String id, String name, Resources resources, String note) {}
