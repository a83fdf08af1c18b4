package org.datalabs.desktop.session.vnc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One RFB 3.8 connection, from the handshake to its end. {@link #run()} is the reader; the other methods may be called by
 * any thread once {@link RfbEvents#started} came, and never block.
 *
 * <p>The server sends updates by itself if it can (ContinuousUpdates, paced by its fences); else the next update is asked
 * for as soon as one begins, so that the line is never idle. While paused nothing is asked for.
 */
final class RfbConnection {
    private static final int MAX_NAME = 64 << 10;
    private static final int FENCE_REQUEST = 1 << 31;
    private static final int FENCE_KNOWN = 7;

    private final RfbInput in;
    private final RfbOutput out;
    private final RfbEvents events;
    private final PictureEncoding encoding;
    private final UpdateReader updates;
    private final RemoteClipboard clipboard;
    private final Object pacing = new Object();
    private boolean pushes;
    private boolean paused;
    private boolean asked;
    private int width;
    private int height;

    RfbConnection(RfbInput in, RfbOutput out, RfbEvents events, PictureEncoding encoding) {
        this.in = in;
        this.out = out;
        this.events = events;
        this.encoding = encoding;
        clipboard = new RemoteClipboard(out, events);
        updates = new UpdateReader(in, events, new ImageJpegReader(), this::resized);
    }

    /**
     * Reads until the connection ends.
     *
     * @throws RfbRefusedException the server does not let this client in: trying again is of no use
     * @throws IOException the connection was lost or the server broke the protocol
     */
    void run() throws IOException {
        try (updates) {
            handshake();
            while (true) {
                int message = in.u8();
                switch (message) {
                    case 0 -> update();
                    case 1 -> colourMap();
                    case 2 -> events.bell();
                    case 3 -> clipboard.read(in);
                    case 150 -> continuousUpdatesEnded();
                    case 248 -> fence();
                    default -> throw new IOException("The server sent an unknown message (" + message + ").");
                }
            }
        }
    }

    private void handshake() throws IOException {
        String version = in.text(12);
        if (!version.startsWith("RFB 003.") || version.compareTo("RFB 003.008") < 0) {
            throw new RfbRefusedException("The desktop does not speak RFB 3.8.");
        }
        out.send("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
        byte[] types = in.bytes(in.u8());
        if (types.length == 0) {
            throw new RfbRefusedException(in.text(in.count(MAX_NAME, "reason")));
        }
        if (new String(types, StandardCharsets.ISO_8859_1).indexOf('\1') < 0) {
            throw new RfbRefusedException("The desktop asks for a password of its own.");
        }
        out.send(new byte[] {1});
        if (in.s32() != 0) {
            throw new RfbRefusedException(in.text(in.count(MAX_NAME, "reason")));
        }
        out.send(new byte[] {1});
        int w = in.u16();
        int h = in.u16();
        in.skip(16);
        String name = in.text(in.count(MAX_NAME, "desktop's name"));
        out.send(RfbMessages.pixelFormat());
        out.send(RfbMessages.encodings(RfbEncodings.offered(encoding)));
        updates.begin(new Framebuffer(w, h));
        events.started(name);
        resized(w, h);
        askForAll();
    }

    private void resized(int w, int h) {
        synchronized (pacing) {
            width = w;
            height = h;
            if (pushes && !paused) {
                out.send(RfbMessages.continuousUpdates(true, w, h));
            }
        }
    }

    private void update() throws IOException {
        synchronized (pacing) {
            asked = false;
        }
        askForMore();
        updates.read();
    }

    private void askForAll() {
        synchronized (pacing) {
            asked = true;
            out.send(RfbMessages.updateRequest(false, width, height));
        }
    }

    private void askForMore() {
        synchronized (pacing) {
            if (!asked && !paused && !pushes) {
                asked = true;
                out.send(RfbMessages.updateRequest(true, width, height));
            }
        }
    }

    private void continuousUpdatesEnded() {
        synchronized (pacing) {
            if (!pushes) {
                pushes = true;
                if (!paused) {
                    out.send(RfbMessages.continuousUpdates(true, width, height));
                }
            }
        }
    }

    /** Stops or resumes the picture; what changed meanwhile comes at once on resuming. */
    void setPaused(boolean pause) {
        synchronized (pacing) {
            if (paused == pause) {
                return;
            }
            paused = pause;
            if (width == 0) {
                return;
            }
            if (pushes) {
                out.send(RfbMessages.continuousUpdates(!pause, width, height));
            }
        }
        askForMore();
    }

    private void colourMap() throws IOException {
        in.skip(3);
        in.skip(in.u16() * 6);
    }

    private void fence() throws IOException {
        in.skip(3);
        int flags = in.s32();
        int length = in.u8();
        if (length > 64) {
            throw new IOException("A fence is longer than 64 bytes.");
        }
        byte[] payload = in.bytes(length);
        if ((flags & FENCE_REQUEST) != 0) {
            out.send(RfbMessages.fence(flags & FENCE_KNOWN, payload));
        }
    }

    void key(boolean down, int keysym, int scanCode) {
        out.send(
                scanCode != 0 && updates.takesScanCodes()
                        ? RfbMessages.extendedKey(down, keysym, scanCode)
                        : RfbMessages.key(down, keysym));
    }

    /**
     * Taps Shift, some time before the first character: TigerVNC forgets the key that it makes for a character that its
     * layout lacks if the keyboard was never used before.
     */
    void wakeKeyboard() {
        out.send(RfbMessages.key(true, Keysyms.SHIFT));
        out.send(RfbMessages.key(false, Keysyms.SHIFT));
    }

    void pointer(int buttons, int x, int y) {
        out.send(RfbMessages.pointer(buttons, x, y));
    }

    /** Offers text to the remote clipboard. */
    void offer(String text) {
        clipboard.offer(text);
    }

    /** Asks for another screen size; the server may refuse, then nothing changes. False if it cannot resize at all. */
    boolean requestSize(int w, int h) {
        ScreenLayout layout = updates.layout();
        if (layout == null) {
            return false;
        }
        out.send(RfbMessages.desktopSize(w, h, layout.id(), layout.flags()));
        return true;
    }

    /** The first screen of the remote desktop as the server names it. */
    record ScreenLayout(int id, int flags) {}

    /** The server does not let this client in; another try would end the same way. */
    static final class RfbRefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RfbRefusedException(String reason) {
            super(reason);
        }
    }
}
