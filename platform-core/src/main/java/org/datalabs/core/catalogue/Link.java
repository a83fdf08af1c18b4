package org.datalabs.core.catalogue;

/** A page about a datalab, such as its user guide; {@code url} is an http or https address. */
public record Link(String title, String url) {}
