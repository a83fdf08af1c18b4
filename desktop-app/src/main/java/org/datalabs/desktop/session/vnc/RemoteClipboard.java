package org.datalabs.desktop.session.vnc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The clipboard of the remote side: UTF-8 by the extended clipboard where the server has it, Latin-1 otherwise. Text is
 * asked for as soon as the server says that it has some, and given when the server asks.
 */
final class RemoteClipboard {
    private final RfbOutput out;
    private final RfbEvents events;
    private boolean extended;
    private @Nullable String offered;

    RemoteClipboard(RfbOutput out, RfbEvents events) {
        this.out = out;
        this.events = events;
    }

    /** Any thread. */
    synchronized void offer(String text) {
        offered = text;
        out.send(
                extended
                        ? RfbMessages.extendedCutText(ExtendedClipboard.announce(true))
                        : RfbMessages.cutText(text.replace("\r\n", "\n")));
    }

    /** Reads what follows the message's number. */
    void read(RfbInput in) throws IOException {
        in.skip(3);
        int length = in.s32();
        if (length == Integer.MIN_VALUE || Math.abs(length) > ExtendedClipboard.MAX_TEXT) {
            throw new IOException("The copied text is longer than 16 MB.");
        }
        byte[] body = in.bytes(Math.abs(length));
        if (length >= 0) {
            events.copied(new String(body, StandardCharsets.ISO_8859_1));
        } else if (body.length >= 4) {
            extendedMessage(ByteBuffer.wrap(body).getInt(), body);
        }
    }

    private void extendedMessage(int flags, byte[] body) throws IOException {
        boolean text = (flags & ExtendedClipboard.TEXT) != 0;
        if ((flags & ExtendedClipboard.CAPS) != 0) {
            synchronized (this) {
                extended = true;
                out.send(RfbMessages.extendedCutText(ExtendedClipboard.caps()));
                if (offered != null) {
                    out.send(RfbMessages.extendedCutText(ExtendedClipboard.announce(true)));
                }
            }
        } else if ((flags & ExtendedClipboard.NOTIFY) != 0) {
            if (text) {
                out.send(RfbMessages.extendedCutText(ExtendedClipboard.request()));
            }
        } else if ((flags & ExtendedClipboard.REQUEST) != 0) {
            String now = offered();
            if (text && now != null) {
                out.send(RfbMessages.extendedCutText(ExtendedClipboard.provide(now)));
            }
        } else if ((flags & ExtendedClipboard.PEEK) != 0) {
            out.send(RfbMessages.extendedCutText(ExtendedClipboard.announce(offered() != null)));
        } else if ((flags & ExtendedClipboard.PROVIDE) != 0 && text) {
            events.copied(ExtendedClipboard.provided(Arrays.copyOfRange(body, 4, body.length)));
        }
    }

    private synchronized @Nullable String offered() {
        return offered;
    }
}
