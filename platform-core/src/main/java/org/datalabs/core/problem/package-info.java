/**
 * The one shape in which anything that went wrong is told: to the API's clients as {@code application/problem+json}
 * (RFC 9457), to the user as words, to the log as a code. Immutable values; safe to share between threads.
 */
@NullMarked
package org.datalabs.core.problem;

import org.jspecify.annotations.NullMarked;
