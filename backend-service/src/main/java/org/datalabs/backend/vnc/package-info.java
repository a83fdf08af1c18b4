/**
 * Desktop sessions in a browser: the WebSocket onto a session's RFB stream (RFC 6143), and the noVNC page that shows it.
 * Owns the open bridges and nothing else; who may come in is decided before. Every bridge runs on the event loop of its
 * client's connection.
 */
@NullMarked
package org.datalabs.backend.vnc;

import org.jspecify.annotations.NullMarked;
