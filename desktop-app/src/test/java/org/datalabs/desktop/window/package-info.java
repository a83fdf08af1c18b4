/** A real window for tests of screens. */
@NullMarked
package org.datalabs.desktop.window;

import org.jspecify.annotations.NullMarked;
