/**
 * The inside of the manifest reader: one reader per part of a manifest. Every mistake is noted
 * where it stands and reading goes on, with values that nobody sees since a manifest with a mistake yields none. Objects
 * belong to the thread that reads.
 */
@NullMarked
package org.datalabs.core.catalogue.manifest;

import org.jspecify.annotations.NullMarked;
