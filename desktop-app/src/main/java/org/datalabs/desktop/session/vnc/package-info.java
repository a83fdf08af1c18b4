/**
 * Shows a desktop datalab: an RFB 3.8 client (RFC 6143 and the registered extensions) that decodes into an image, and
 * the node that draws it and sends keys and pointer. Not noVNC in a WebView, which shows fewer frames for a multiple of the
 * CPU even with all that {@code session.web} does for it: {@code installers/bench/run stream} compares them.
 *
 * <p>One reader thread per connection owns the {@link org.datalabs.desktop.session.vnc.Framebuffer} and the decoders;
 * the FX thread owns the nodes. They meet in {@link org.datalabs.desktop.session.vnc.FrameImage} only.
 */
@NullMarked
package org.datalabs.desktop.session.vnc;

import org.jspecify.annotations.NullMarked;
