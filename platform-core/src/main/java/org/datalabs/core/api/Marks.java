package org.datalabs.core.api;

import org.jspecify.annotations.Nullable;

/** A user's marks on a datalab; null leaves a mark as it is. */
public record Marks(@Nullable Boolean starred, @Nullable Boolean bookmarked) {}
