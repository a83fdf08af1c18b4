package org.datalabs.backend.vnc;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * Lets through what a client says about pictures, and drops what would act on the desktop: keys, pointer, clipboard and
 * size. Reads the stream from ClientInit on, message by message: RFC 6143, sections 7.3.1 and 7.5, and the extensions of
 * the RFB community's protocol description. A message it does not know ends the stream, since its length is unknown too.
 * Not thread-safe.
 */
final class ViewOnlyFilter {
    private static final int SET_ENCODINGS = 2;
    private static final int MOST_ENCODINGS = 1024;

    /** With it pointer messages come in two lengths; without it a server takes the short one only. */
    private static final int EXTENDED_MOUSE_BUTTONS = -316;

    private static final int LONGEST_FENCE = 64;
    private static final int QEMU_KEY = 0;
    private static final int QEMU_AUDIO = 1;
    private static final int QEMU_AUDIO_FORMAT = 2;

    /** How a message's length follows from its first bytes. */
    private interface Tail {
        long length(Buffer head) throws RfbProtocolException;
    }

    /**
     * A kind of message.
     *
     * @param head bytes that must be seen before the length is known
     * @param passes whether a viewer may say it
     * @param tail bytes after the head
     */
    private record Form(int head, boolean passes, Tail tail) {
        static Form passing(int length) {
            return new Form(length, true, head -> 0);
        }

        static Form dropped(int length) {
            return new Form(length, false, head -> 0);
        }
    }

    private static final Map<Integer, Form> FORMS = Map.ofEntries(
            Map.entry(0, Form.passing(20)), // SetPixelFormat
            Map.entry(SET_ENCODINGS, new Form(4, true, head -> encodingBytes(head))),
            Map.entry(3, Form.passing(10)), // FramebufferUpdateRequest
            Map.entry(4, Form.dropped(8)), // KeyEvent
            Map.entry(5, Form.dropped(6)), // PointerEvent
            // ClientCutText; a negative length marks the extended clipboard
            Map.entry(6, new Form(8, false, head -> Math.abs((long) head.getInt(4)))),
            Map.entry(150, Form.passing(10)), // EnableContinuousUpdates
            Map.entry(248, new Form(9, true, head -> fencePayload(head))),
            Map.entry(250, Form.dropped(4)), // xvp: shut down, restart
            Map.entry(251, new Form(8, false, head -> 16L * head.getUnsignedByte(6))), // SetDesktopSize
            Map.entry(255, new Form(4, false, head -> qemuRest(head))));

    private boolean begun;
    private Buffer head = Buffer.buffer();
    private boolean passing;
    private long left;

    /**
     * Reads on.
     *
     * @return what of it the server may hear, perhaps nothing
     * @throws RfbProtocolException at a message that cannot be read; nothing after it can be trusted
     */
    Buffer pass(Buffer bytes) throws RfbProtocolException {
        Buffer out = Buffer.buffer(bytes.length());
        int at = 0;
        if (!begun && bytes.length() > 0) {
            begun = true;
            // A viewer does not send the others away, whatever its ClientInit asks.
            out.appendByte((byte) 1);
            at = 1;
        }
        while (at < bytes.length()) {
            if (left > 0) {
                int count = (int) Math.min(left, bytes.length() - at);
                if (passing) {
                    out.appendBuffer(bytes, at, count);
                }
                left -= count;
                at += count;
            } else {
                head.appendByte(bytes.getByte(at));
                at++;
                advance(out);
            }
        }
        return out;
    }

    private void advance(Buffer out) throws RfbProtocolException {
        int type = head.getUnsignedByte(0);
        Form form = FORMS.get(type);
        if (form == null) {
            throw new RfbProtocolException("A viewer may not send messages of type " + type + ".");
        }
        if (head.length() < form.head()) {
            return;
        }
        long tail = form.tail().length(head);
        if (type == SET_ENCODINGS) {
            if (head.length() == form.head() + tail) {
                out.appendBuffer(withoutExtendedMouse(head));
                head = Buffer.buffer();
            }
            return;
        }
        passing = form.passes();
        left = tail;
        if (passing) {
            out.appendBuffer(head);
        }
        head = Buffer.buffer();
    }

    private static Buffer withoutExtendedMouse(Buffer message) {
        Buffer kept = Buffer.buffer().appendByte((byte) SET_ENCODINGS).appendByte((byte) 0);
        Buffer encodings = Buffer.buffer();
        for (int at = 4; at < message.length(); at += Integer.BYTES) {
            if (message.getInt(at) != EXTENDED_MOUSE_BUTTONS) {
                encodings.appendInt(message.getInt(at));
            }
        }
        return kept.appendUnsignedShort(encodings.length() / Integer.BYTES).appendBuffer(encodings);
    }

    private static long encodingBytes(Buffer head) throws RfbProtocolException {
        int count = head.getUnsignedShort(2);
        if (count > MOST_ENCODINGS) {
            throw new RfbProtocolException("The list of encodings is too long.");
        }
        return (long) Integer.BYTES * count;
    }

    private static long fencePayload(Buffer head) throws RfbProtocolException {
        int length = head.getUnsignedByte(8);
        if (length > LONGEST_FENCE) {
            throw new RfbProtocolException("The fence is too long.");
        }
        return length;
    }

    private static long qemuRest(Buffer head) throws RfbProtocolException {
        int subtype = head.getUnsignedByte(1);
        int operation = head.getUnsignedShort(2);
        if (subtype == QEMU_KEY) {
            return 8;
        }
        if (subtype != QEMU_AUDIO || operation > QEMU_AUDIO_FORMAT) {
            throw new RfbProtocolException("The QEMU message is not known.");
        }
        return operation == QEMU_AUDIO_FORMAT ? 6 : 0;
    }
}
