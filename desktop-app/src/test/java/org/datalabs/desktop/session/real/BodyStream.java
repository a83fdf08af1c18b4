package org.datalabs.desktop.session.real;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A request's body: by length or chunked. */
final class BodyStream extends InputStream {
    private final InputStream in;
    private final boolean chunked;
    private long left;

    private BodyStream(InputStream in, boolean chunked, long left) {
        this.in = in;
        this.chunked = chunked;
        this.left = left;
    }

    static InputStream of(InputStream in, Map<String, String> headers) {
        boolean chunked = "chunked".equalsIgnoreCase(headers.get("transfer-encoding"));
        return new BodyStream(in, chunked, chunked ? 0 : Long.parseLong(headers.getOrDefault("content-length", "0")));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0 && (!chunked || !nextChunk())) {
            return -1;
        }
        int n = in.read(target, offset, (int) Math.min(length, left));
        if (n > 0) {
            left -= n;
            if (left == 0 && chunked) {
                in.read();
                in.read();
            }
        }
        return n;
    }

    private boolean nextChunk() throws IOException {
        ByteArrayOutputStream size = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
            if (c != '\r') {
                size.write(c);
            }
        }
        if (size.size() == 0) {
            return false;
        }
        left = Long.parseLong(size.toString(StandardCharsets.US_ASCII).trim(), 16);
        return left > 0;
    }
}
