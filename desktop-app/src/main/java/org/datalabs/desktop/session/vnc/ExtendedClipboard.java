package org.datalabs.desktop.session.vnc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Bodies of the extended clipboard (RFB registry, pseudo-encoding 0xC0A1E5CE), text format only. */
final class ExtendedClipboard {
    static final int TEXT = 1;
    static final int CAPS = 1 << 24;
    static final int REQUEST = 1 << 25;
    static final int PEEK = 1 << 26;
    static final int NOTIFY = 1 << 27;
    static final int PROVIDE = 1 << 28;

    /** The most text taken or given, in bytes of UTF-8. */
    static final int MAX_TEXT = 16 << 20;

    private ExtendedClipboard() {}

    static byte[] caps() {
        return ByteBuffer.allocate(8)
                .putInt(CAPS | REQUEST | PEEK | NOTIFY | PROVIDE | TEXT)
                .putInt(MAX_TEXT)
                .array();
    }

    static byte[] request() {
        return flags(REQUEST | TEXT);
    }

    static byte[] announce(boolean hasText) {
        return flags(hasText ? NOTIFY | TEXT : NOTIFY);
    }

    private static byte[] flags(int flags) {
        return ByteBuffer.allocate(4).putInt(flags).array();
    }

    /** Lines end with CR LF on the wire and the text with NUL. */
    static byte[] provide(String text) {
        byte[] bytes = (text.replace("\r\n", "\n").replace("\n", "\r\n") + '\0').getBytes(StandardCharsets.UTF_8);
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(ByteBuffer.allocate(4 + bytes.length)
                    .putInt(bytes.length)
                    .put(bytes)
                    .array());
            deflater.finish();
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes(flags(PROVIDE | TEXT));
            byte[] part = new byte[8192];
            while (!deflater.finished()) {
                body.write(part, 0, deflater.deflate(part));
            }
            return body.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /**
     * The text of a provided body.
     *
     * @param packed what follows the flags
     * @throws IOException damaged or longer than {@link #MAX_TEXT}
     */
    static String provided(byte[] packed) throws IOException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            byte[] head = new byte[4];
            inflate(inflater, head);
            int length = ByteBuffer.wrap(head).getInt();
            if (length < 0 || length > MAX_TEXT) {
                throw new IOException("The copied text is longer than 16 MB.");
            }
            byte[] bytes = new byte[length];
            inflate(inflater, bytes);
            int end = length > 0 && bytes[length - 1] == 0 ? length - 1 : length;
            return new String(bytes, 0, end, StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (DataFormatException e) {
            throw new IOException("The copied text is damaged.", e);
        } finally {
            inflater.end();
        }
    }

    private static void inflate(Inflater inflater, byte[] target) throws DataFormatException, IOException {
        for (int done = 0; done < target.length; ) {
            int n = inflater.inflate(target, done, target.length - done);
            if (n == 0) {
                throw new IOException("The copied text is cut short.");
            }
            done += n;
        }
    }
}
