/**
 * The way into one running session: the port that callers implement, the exchange of a one-time ticket for the
 * session's cookie, and the states of a connection that comes and goes.
 *
 * <p>Cookies live in {@link org.datalabs.desktop.session.link.SessionAccess} and never in a page or a log. Thread-safe.
 */
@NullMarked
package org.datalabs.desktop.session.link;

import org.jspecify.annotations.NullMarked;
