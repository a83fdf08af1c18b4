/**
 * The catalogue of the datazone: manifests from the class path and from the operator's folder, with marks and run counts
 * from the store. Owns an immutable snapshot that is replaced as a whole when files change. Thread-safe.
 */
@NullMarked
package org.datalabs.backend.catalogue;

import org.jspecify.annotations.NullMarked;
