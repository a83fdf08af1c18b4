/**
 * The one way from whatever was thrown to what a person is shown: words, a code for support, and the kind of button
 * that helps. Pure functions and immutable values; any thread. What nobody foresaw is logged here, once.
 */
@NullMarked
package org.datalabs.desktop.problem;

import org.jspecify.annotations.NullMarked;
