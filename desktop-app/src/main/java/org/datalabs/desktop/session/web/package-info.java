/**
 * Shows a web datalab in a WebView, and gives its pages what JavaFX's WebKit lacks on Linux: WebSockets, the names of keys,
 * the clipboard, downloads. The script {@code shim.js} stands in the page, {@code PageBridge} is its other end. The scripts
 * {@code held.js} and {@code display.js} behind it make canvases bearable on which a page such as noVNC draws a remote screen.
 *
 * <p>Nodes, bridge and page live on the FX thread; sockets and downloads come in from background threads by runLater.
 */
@NullMarked
package org.datalabs.desktop.session.web;

import org.jspecify.annotations.NullMarked;
