package org.datalabs.backend.proxy;

import io.netty.buffer.ByteBuf;

/**
 * Follows what a client sends on a WebSocket from frame to frame, to tell its messages from pings and pongs, which a browser
 * sends by itself for every tab that is open. RFC 6455, section 5.2. For one stream; not thread-safe.
 */
final class ClientFrames {
    private static final int MASK_KEY = 4;
    private static final int FIRST_CONTROL = 8;

    private final byte[] head = new byte[10];
    private int known;
    private long left;
    private boolean data;

    /** Whether anything of a message is among the next bytes, which stay as they are. */
    boolean carryData(ByteBuf bytes) {
        boolean seen = false;
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            if (left > 0) {
                int step = (int) Math.min(left, bytes.writerIndex() - at);
                at += step;
                left -= step;
            } else {
                head[known++] = bytes.getByte(at++);
                if (known >= 2 && known == headLength()) {
                    begin();
                }
            }
            seen |= data && known == 0;
        }
        return seen;
    }

    private int headLength() {
        return switch (head[1] & 0x7f) {
            case 126 -> 4;
            case 127 -> 10;
            default -> 2;
        };
    }

    private void begin() {
        long length = 0;
        if (known == 2) {
            length = head[1] & 0x7f;
        }
        for (int at = 2; at < known; at++) {
            length = (length << 8) | (head[at] & 0xff);
        }
        boolean masked = (head[1] & 0x80) != 0;
        // The highest bit must not be set; the session closes when it is.
        left = (length & Long.MAX_VALUE) + (masked ? MASK_KEY : 0);
        data = (head[0] & 0x0f) < FIRST_CONTROL;
        known = 0;
    }
}
