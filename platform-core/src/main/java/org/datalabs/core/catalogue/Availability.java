package org.datalabs.core.catalogue;

/**
 * Whether a datazone can run a datalab.
 *
 * @param available whether a launch can succeed
 * @param reason why not, one plain sentence; empty when available
 * @param remedy what would make it available; empty when available or nothing would
 */
public record Availability(boolean available, String reason, String remedy) {
    public static final Availability YES = new Availability(true, "", "");

    public static Availability no(String reason, String remedy) {
        return new Availability(false, reason, remedy);
    }
}
