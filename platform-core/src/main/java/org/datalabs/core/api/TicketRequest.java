package org.datalabs.core.api;

/**
 * What a ticket shall allow.
 *
 * @param viewOnly whether its holder may look at a desktop and not act in it; for desktop datalabs only
 */
public record TicketRequest(boolean viewOnly) {}
