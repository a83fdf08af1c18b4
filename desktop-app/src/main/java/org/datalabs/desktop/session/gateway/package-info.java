/**
 * A streaming HTTP gateway on the loopback address, one per open web session, each an origin of its own. It carries the
 * pages of a session into a WebView, keeps the session's cookie out of them and puts one script before their own.
 *
 * <p>{@link org.datalabs.desktop.session.gateway.SessionGateway} owns server, guard and open streams. Every request has a
 * background thread of its own; nothing here runs on the FX thread.
 */
@NullMarked
package org.datalabs.desktop.session.gateway;

import org.jspecify.annotations.NullMarked;
