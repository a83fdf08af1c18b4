package org.datalabs.desktop.session.gateway;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A document with one element put at the head; waits for at most the first 64 kB to find the place. One thread. */
final class HeadInsertion extends FilterInputStream {
    private static final int LOOK_AHEAD = 1 << 16;

    private final byte[] element;
    private byte[] start = {};
    private int position;
    private boolean placed;

    HeadInsertion(InputStream document, byte[] element) {
        super(document);
        this.element = element.clone();
    }

    private void placeElement() throws IOException {
        byte[] head = new byte[LOOK_AHEAD];
        int length = 0;
        int place = HeadScanner.UNDECIDED;
        while (place == HeadScanner.UNDECIDED) {
            int n = in.read(head, length, head.length - length);
            length += Math.max(0, n);
            place = HeadScanner.place(head, length, n < 0 || length == head.length);
        }
        start = new byte[length + element.length];
        System.arraycopy(head, 0, start, 0, place);
        System.arraycopy(element, 0, start, place, element.length);
        System.arraycopy(head, place, start, place + element.length, length - place);
        placed = true;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!placed) {
            placeElement();
        }
        if (position < start.length) {
            int n = Math.min(length, start.length - position);
            System.arraycopy(start, position, target, offset, n);
            position += n;
            return n;
        }
        return in.read(target, offset, length);
    }

    @Override
    public int available() throws IOException {
        return position < start.length ? start.length - position : in.available();
    }

    @Override
    public long skip(long n) {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
