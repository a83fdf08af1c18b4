/**
 * The inside of the catalogue's search. Datalabs are numbered in the order of their use; every structure is an array or a
 * Lucene index over these numbers, so that counting, filtering and sorting touch no objects. Immutable after being built,
 * and thread-safe.
 */
@NullMarked
package org.datalabs.core.catalogue.search;

import org.jspecify.annotations.NullMarked;
