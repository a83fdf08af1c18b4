package org.datalabs.core.catalogue;

/**
 * A datalab as one user sees it in one datazone.
 *
 * @param datalab the entry itself
 * @param availability whether this datazone can run its current version
 * @param stars how many users gave it a star
 * @param runs how often it was launched
 * @param starred whether this user gave it a star
 * @param bookmarked whether this user bookmarked it
 */
public record CatalogueEntry(
        Datalab datalab, Availability availability, int stars, long runs, boolean starred, boolean bookmarked) {}
