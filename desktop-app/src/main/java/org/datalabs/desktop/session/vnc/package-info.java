/**
 * Shows a desktop datalab: an RFB 3.8 client (RFC 6143 and the registered extensions) that decodes into an image, and
 * the node that draws it and sends keys and pointer.
 *
 * <p>One reader thread per connection owns the {@link org.datalabs.desktop.session.vnc.Framebuffer} and the decoders;
 * the FX thread owns the nodes. They meet in {@link org.datalabs.desktop.session.vnc.FrameImage} only.
 */
@NullMarked
package org.datalabs.desktop.session.vnc;

import org.jspecify.annotations.NullMarked;
