/**
 * The data volumes of the datazone: built-in ones and folders that users add. The store owns the custom ones; built-in
 * ones are asked for each time. Thread-safe; methods may block on the file system.
 */
@NullMarked
package org.datalabs.backend.volume;

import org.jspecify.annotations.NullMarked;
