package org.datalabs.desktop.session.vnc;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A zlib stream that lasts as long as the connection and whose input arrives in pieces of known length. */
final class ZlibStream implements AutoCloseable {
    private final Inflater inflater = new Inflater();
    private byte[] packed = new byte[1 << 14];

    /** Makes the next {@code length} bytes of the connection the stream's further input. */
    void supply(RfbInput in, int length) throws IOException {
        if (packed.length < length) {
            packed = new byte[Integer.highestOneBit(Math.max(length, 1)) * 2];
        }
        in.read(packed, 0, length);
        inflater.setInput(packed, 0, length);
    }

    void read(byte[] target, int offset, int length) throws IOException {
        int done = 0;
        try {
            while (done < length) {
                int n = inflater.inflate(target, offset + done, length - done);
                if (n == 0) {
                    throw new IOException("A compressed rectangle is too short.");
                }
                done += n;
            }
        } catch (DataFormatException e) {
            throw new IOException("A compressed rectangle is damaged.", e);
        }
    }

    /** Reads what is left of the present input, at most {@code target.length} bytes. */
    int readAll(byte[] target) throws IOException {
        int done = 0;
        try {
            while (done < target.length) {
                int n = inflater.inflate(target, done, target.length - done);
                if (n == 0) {
                    break;
                }
                done += n;
            }
        } catch (DataFormatException e) {
            throw new IOException("A compressed rectangle is damaged.", e);
        }
        return done;
    }

    void reset() {
        inflater.reset();
    }

    @Override
    public void close() {
        inflater.end();
    }
}
