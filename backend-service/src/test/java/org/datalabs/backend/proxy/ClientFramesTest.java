package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientFramesTest {
    private static final int CONTINUATION = 0;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    @Test
    void tellsMessagesFromControlFramesWhereverTheBytesAreCut() {
        for (int length : new int[] {0, 1, 125, 126, 65_535, 65_536, 70_000}) {
            Buffer control = join(frame(PING, 5), frame(PONG, 125), frame(PONG, 0));
            for (int cut : new int[] {1, 2, 3, 7, 64, 1_000_000}) {
                ClientFrames frames = new ClientFrames();
                assertThat(pieces(frames, control, cut)).containsOnly(false);
                assertThat(pieces(frames, frame(BINARY, length), cut)).contains(true);
                assertThat(pieces(frames, join(control, control), cut)).containsOnly(false);
                assertThat(pieces(frames, join(frame(CONTINUATION, length), frame(PONG, 3)), cut))
                        .contains(true);
                assertThat(pieces(frames, join(frame(PONG, 3), frame(CLOSE, 2)), cut))
                        .containsOnly(false);
            }
        }
    }

    private static List<Boolean> pieces(ClientFrames frames, Buffer bytes, int size) {
        List<Boolean> data = new ArrayList<>();
        for (int at = 0; at < bytes.length(); at += size) {
            data.add(frames.carryData(Unpooled.wrappedBuffer(bytes.getBytes(at, Math.min(bytes.length(), at + size)))));
        }
        return data;
    }

    private static Buffer join(Buffer... parts) {
        Buffer all = Buffer.buffer();
        for (Buffer part : parts) {
            all.appendBuffer(part);
        }
        return all;
    }

    private static Buffer frame(int opcode, int length) {
        Buffer frame = Buffer.buffer().appendByte((byte) (0x80 | opcode));
        if (length < 126) {
            frame.appendByte((byte) (0x80 | length));
        } else if (length < 65_536) {
            frame.appendByte((byte) (0x80 | 126)).appendUnsignedShort(length);
        } else {
            frame.appendByte((byte) (0x80 | 127)).appendLong(length);
        }
        // A key and a payload that would be frames of the other sort if they were taken for some.
        byte[] payload = new byte[length + 4];
        Arrays.fill(payload, (byte) (opcode < CLOSE ? 0x89 : 0x82));
        return frame.appendBytes(payload);
    }
}
