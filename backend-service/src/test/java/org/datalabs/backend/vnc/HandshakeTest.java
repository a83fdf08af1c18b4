package org.datalabs.backend.vnc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides of the opening of an RFB stream, byte by byte. */
class HandshakeTest {
    private static final String VERSION = "RFB 003.008\n";

    private static Buffer bytes(int... values) {
        Buffer buffer = Buffer.buffer();
        for (int value : values) {
            buffer.appendByte((byte) value);
        }
        return buffer;
    }

    @Test
    void logsInWithoutAPasswordWhereNoneIsAsked() throws Exception {
        ServerLogin login = new ServerLogin("secret");
        assertThat(login.receive(Buffer.buffer("RFB 003.")).length()).isZero();
        assertThat(login.receive(Buffer.buffer("008\n"))).isEqualTo(Buffer.buffer(VERSION));
        assertThat(login.receive(bytes(2, 2, 1))).isEqualTo(bytes(1));
        assertThat(login.isIn()).isFalse();
        assertThat(login.receive(bytes(0, 0, 0, 0)).length()).isZero();
        assertThat(login.isIn()).isTrue();
    }

    @Test
    void answersTheChallengeByDesWithReversedBits() throws Exception {
        ServerLogin login = new ServerLogin("password");
        login.receive(Buffer.buffer(VERSION));
        assertThat(login.receive(bytes(1, 2))).isEqualTo(bytes(2));
        Buffer response = login.receive(Buffer.buffer(new byte[16]));
        // openssl enc -des-ecb -nopad -K 0e86ceceeef64e26: "password" with the bits of each byte reversed.
        assertThat(HexFormat.of().formatHex(response.getBytes())).isEqualTo("ff97502e9422f089ff97502e9422f089");
        login.receive(bytes(0, 0, 0, 0));
        assertThat(login.isIn()).isTrue();
    }

    @Test
    void everyRefusalOfTheServerIsSeen() throws Exception {
        assertThatThrownBy(() -> new ServerLogin("").receive(Buffer.buffer("RFB 003.003\n")))
                .isInstanceOf(RfbProtocolException.class);
        assertThatThrownBy(() -> new ServerLogin("").receive(Buffer.buffer("HTTP/1.1 400 B\r\n")))
                .isInstanceOf(RfbProtocolException.class);
        assertThatThrownBy(
                        () -> new ServerLogin("").receive(Buffer.buffer(VERSION).appendBuffer(bytes(0))))
                .isInstanceOf(RfbProtocolException.class);
        assertThatThrownBy(
                        () -> new ServerLogin("").receive(Buffer.buffer(VERSION).appendBuffer(bytes(1, 19))))
                .isInstanceOf(RfbProtocolException.class);
        Buffer none = Buffer.buffer(VERSION).appendBuffer(bytes(1, 1));
        assertThatThrownBy(() -> new ServerLogin("").receive(none.copy().appendBuffer(bytes(0, 0, 0, 1))))
                .hasMessage("The server refused the login.");
        assertThatThrownBy(() -> new ServerLogin("").receive(none.copy().appendBuffer(bytes(0, 0, 0, 0, 9))))
                .hasMessage("The server spoke out of turn.");
    }

    @Test
    void welcomesAClientWithoutAskingForAPassword() throws Exception {
        ClientWelcome welcome = new ClientWelcome();
        assertThat(welcome.greeting()).isEqualTo(Buffer.buffer(VERSION));
        assertThat(welcome.receive(Buffer.buffer("RFB 003.")).length()).isZero();
        assertThat(welcome.receive(Buffer.buffer("008\n"))).isEqualTo(bytes(1, 1));
        assertThat(welcome.receive(bytes(1, 1, 3))).isEqualTo(bytes(0, 0, 0, 0));
        assertThat(welcome.isDone()).isTrue();
        assertThat(welcome.rest()).isEqualTo(bytes(1, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"RFB 003.003\n", "RFB 003.007\n", "GET / HTTP/1.1\r\n", "RFB 003.008\n\2", "RFB 003.008\n\0"})
    void sendsClientsAwayThatDoNotKeepToIt(String text) {
        assertThatThrownBy(() -> new ClientWelcome().receive(Buffer.buffer(text)))
                .isInstanceOf(RfbProtocolException.class);
    }
}
