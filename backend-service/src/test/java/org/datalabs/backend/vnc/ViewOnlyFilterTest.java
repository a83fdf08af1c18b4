package org.datalabs.backend.vnc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewOnlyFilterTest {
    private static final Buffer CLIENT_INIT = bytes(0);
    private static final List<Buffer> LOOKING = List.of(
            message(20, 0), // SetPixelFormat
            bytes(2, 0, 0, 2, 0, 0, 0, 7, 0xFF, 0xFF, 0xFE, 0xCC), // SetEncodings: tight, extended desktop size
            message(10, 3), // FramebufferUpdateRequest
            message(10, 150), // EnableContinuousUpdates
            bytes(248, 0, 0, 0, 0x80, 0, 0, 0, 2, 9, 9)); // Fence with two bytes
    private static final List<Buffer> ACTING = List.of(
            message(8, 4), // KeyEvent
            message(6, 5), // PointerEvent
            bytes(6, 0, 0, 0, 0, 0, 0, 3, 'a', 'b', 'c'), // ClientCutText
            bytes(6, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFC, 1, 0, 0, 1), // the same, extended
            message(4, 250), // xvp
            bytes(251, 0, 1, 0, 1, 0, 1, 0).appendBytes(new byte[16]), // SetDesktopSize with one screen
            message(12, 255), // QEMU: key
            bytes(255, 1, 0, 0), // QEMU: audio on
            bytes(255, 1, 0, 2, 1, 2, 0, 0, 1, 1)); // QEMU: audio format

    private static Buffer bytes(int... values) {
        Buffer buffer = Buffer.buffer();
        for (int value : values) {
            buffer.appendByte((byte) value);
        }
        return buffer;
    }

    private static Buffer message(int length, int type) {
        return bytes(type).appendBytes(new byte[length - 1]);
    }

    private static Buffer joined(List<Buffer> parts) {
        Buffer all = Buffer.buffer();
        parts.forEach(all::appendBuffer);
        return all;
    }

    @Test
    void letsThroughWhatIsAboutPicturesAndDropsTheRest() throws Exception {
        Buffer sent = Buffer.buffer().appendBuffer(CLIENT_INIT);
        Buffer expected = bytes(1);
        for (Buffer acting : ACTING) {
            for (Buffer looking : LOOKING) {
                sent.appendBuffer(acting).appendBuffer(looking);
                expected.appendBuffer(looking);
            }
        }
        assertThat(new ViewOnlyFilter().pass(sent)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 11})
    void readsMessagesThatComeInPieces(int size) throws Exception {
        Buffer sent = Buffer.buffer()
                .appendBuffer(CLIENT_INIT)
                .appendBuffer(joined(ACTING))
                .appendBuffer(joined(LOOKING));
        ViewOnlyFilter filter = new ViewOnlyFilter();
        Buffer passed = Buffer.buffer();
        for (int at = 0; at < sent.length(); at += size) {
            passed.appendBuffer(filter.pass(sent.getBuffer(at, Math.min(sent.length(), at + size))));
        }
        assertThat(passed).isEqualTo(bytes(1).appendBuffer(joined(LOOKING)));
    }

    @Test
    void viewersDoNotAskForLongPointerMessages() throws Exception {
        ViewOnlyFilter filter = new ViewOnlyFilter();
        filter.pass(CLIENT_INIT);
        assertThat(filter.pass(bytes(2, 0, 0, 2, 0xFF, 0xFF, 0xFE, 0xC4, 0, 0, 0, 7)))
                .isEqualTo(bytes(2, 0, 0, 1, 0, 0, 0, 7));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 249, 253, 254})
    void unknownMessagesEndTheStream(int type) throws Exception {
        ViewOnlyFilter filter = new ViewOnlyFilter();
        filter.pass(CLIENT_INIT);
        assertThatThrownBy(() -> filter.pass(bytes(type))).isInstanceOf(RfbProtocolException.class);
    }

    @Test
    void refusesLengthsBeyondWhatTheMessagesMayHave() throws Exception {
        for (Buffer message : List.of(
                bytes(2, 0, 4, 1), bytes(248, 0, 0, 0, 0, 0, 0, 0, 65), bytes(255, 2, 0, 0), bytes(255, 1, 0, 3))) {
            ViewOnlyFilter filter = new ViewOnlyFilter();
            filter.pass(CLIENT_INIT);
            assertThatThrownBy(() -> filter.pass(message)).isInstanceOf(RfbProtocolException.class);
        }
    }
}
