package org.datalabs.desktop.session.vnc;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one connection in network order, read by one thread and fed by another. The feeder is asked for more only
 * while less than {@link #HIGH_WATER} bytes wait, so a slow reader slows the sender down.
 */
final class RfbInput {
    private static final int HIGH_WATER = 1 << 20;
    private static final byte[] NONE = {};

    private final Object lock = new Object();
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private final Runnable requestMore;
    private long waitingBytes;
    private int owed;
    private @Nullable String ended;

    private byte[] chunk = NONE;
    private int position;

    /** @param requestMore asks the feeder for one more piece; called from either thread, never under a lock */
    RfbInput(Runnable requestMore) {
        this.requestMore = requestMore;
    }

    /** Takes a copy of the piece. */
    void feed(ByteBuffer piece) {
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        boolean more;
        synchronized (lock) {
            if (copy.length > 0) {
                waiting.add(copy);
                waitingBytes += copy.length;
            }
            more = waitingBytes < HIGH_WATER;
            if (!more) {
                owed++;
            }
            lock.notifyAll();
        }
        if (more) {
            requestMore.run();
        }
    }

    /** Ends the stream once what waits has been read; the first reason stays. */
    void end(String reason) {
        synchronized (lock) {
            if (ended == null) {
                ended = reason;
            }
            lock.notifyAll();
        }
    }

    private void next() throws IOException {
        int requests = 0;
        synchronized (lock) {
            while (waiting.isEmpty()) {
                if (ended != null) {
                    throw new EOFException(ended);
                }
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("The reader was told to end.", e);
                }
            }
            chunk = waiting.remove();
            waitingBytes -= chunk.length;
            if (owed > 0 && waitingBytes < HIGH_WATER) {
                requests = owed;
                owed = 0;
            }
        }
        position = 0;
        for (; requests > 0; requests--) {
            requestMore.run();
        }
    }

    int u8() throws IOException {
        while (position == chunk.length) {
            next();
        }
        return chunk[position++] & 0xff;
    }

    int u16() throws IOException {
        return u8() << 8 | u8();
    }

    int s32() throws IOException {
        return u16() << 16 | u16();
    }

    /** An unsigned 32-bit count that must not pass {@code limit}. */
    int count(int limit, String what) throws IOException {
        int value = s32();
        if (value < 0 || value > limit) {
            throw new IOException("The " + what + " is longer than " + limit + " bytes.");
        }
        return value;
    }

    /** One pixel as sent in the format that {@link RfbMessages#pixelFormat()} sets: blue, green, red, unused. */
    int pixel() throws IOException {
        if (chunk.length - position >= 4) {
            int p = position;
            position = p + 4;
            return 0xff000000 | (chunk[p + 2] & 0xff) << 16 | (chunk[p + 1] & 0xff) << 8 | (chunk[p] & 0xff);
        }
        int blue = u8();
        int green = u8();
        int red = u8();
        u8();
        return 0xff000000 | red << 16 | green << 8 | blue;
    }

    void read(byte[] target, int offset, int length) throws IOException {
        int at = offset;
        int left = length;
        while (left > 0) {
            while (position == chunk.length) {
                next();
            }
            int n = Math.min(left, chunk.length - position);
            System.arraycopy(chunk, position, target, at, n);
            position += n;
            at += n;
            left -= n;
        }
    }

    byte[] bytes(int length) throws IOException {
        byte[] result = new byte[length];
        read(result, 0, length);
        return result;
    }

    String text(int length) throws IOException {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    void skip(int length) throws IOException {
        for (int i = 0; i < length; i++) {
            u8();
        }
    }
}
