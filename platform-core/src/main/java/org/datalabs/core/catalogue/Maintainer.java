package org.datalabs.core.catalogue;

import org.jspecify.annotations.Nullable;

/** Who keeps a datalab. {@code url} is an http or https address, or null. */
public record Maintainer(String name, @Nullable String url) {}
