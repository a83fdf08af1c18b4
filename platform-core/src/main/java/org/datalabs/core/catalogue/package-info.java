/**
 * The catalogue: datalabs and their versions, read from {@code datalab.yaml} manifests, and the search over them. The
 * desktop and the backend use the same reader and the same index, so both rank and refuse alike. The records are
 * immutable; the index says at its class which threads may use it.
 */
@NullMarked
package org.datalabs.core.catalogue;

import org.jspecify.annotations.NullMarked;
