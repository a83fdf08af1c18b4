package org.datalabs.core.catalogue;

/**
 * The least a datalab needs and the most it may be given, both inclusive.
 */
public record ResourceLimits(Resources least, Resources most) {}
