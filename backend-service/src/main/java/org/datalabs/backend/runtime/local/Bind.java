package org.datalabs.backend.runtime.local;

import java.nio.file.Path;

/**
 * A folder of this computer inside a sandbox.
 *
 * @param source real path of the folder
 * @param target absolute path inside
 * @param readOnly whether it cannot be written inside
 */
record Bind(Path source, String target, boolean readOnly) {}
