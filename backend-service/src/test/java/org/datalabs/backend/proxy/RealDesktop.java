package org.datalabs.backend.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.datalabs.backend.runtime.Endpoint;

/** An Xvnc of a test's own, on a display number that is free. */
final class RealDesktop implements AutoCloseable {
    static final int WIDTH = 320;
    static final int HEIGHT = 200;

    private static final Path PROGRAM = Path.of("/usr/bin/Xvnc");

    private final Process process;
    private final Path display;
    final Endpoint endpoint;

    private RealDesktop(Path folder, Endpoint endpoint, List<String> options) throws IOException {
        this.endpoint = endpoint;
        this.display = folder.resolve("display");
        List<String> command = new ArrayList<>(List.of(
                PROGRAM.toString(),
                "-displayfd",
                "1",
                "-geometry",
                WIDTH + "x" + HEIGHT,
                "-depth",
                "24",
                "-AlwaysShared",
                "-AcceptSetDesktopSize=1",
                "-nolisten",
                "tcp"));
        command.addAll(options);
        process = new ProcessBuilder(command)
                .redirectError(folder.resolve("log").toFile())
                .redirectOutput(display.toFile())
                .start();
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** One that lets everybody in who reaches its UNIX socket. */
    static RealDesktop onUnixSocket(Path folder) throws IOException {
        Path socket = folder.resolve("rfb");
        return new RealDesktop(
                folder,
                new Endpoint.UnixSocket(socket),
                List.of("-rfbport", "-1", "-rfbunixpath", socket.toString(), "-SecurityTypes", "None"));
    }

    /** One on a TCP port that asks for a password, as a container's does. */
    static RealDesktop withPassword(Path folder, String password) throws IOException, GeneralSecurityException {
        Path file = folder.resolve("password");
        Files.write(file, obscured(password));
        int port;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        return new RealDesktop(
                folder,
                new Endpoint.Tcp("127.0.0.1", port),
                List.of(
                        "-rfbport",
                        String.valueOf(port),
                        "-localhost",
                        "-SecurityTypes",
                        "VncAuth",
                        "-PasswordFile",
                        file.toString()));
    }

    /** As Xvnc's files hold it: under VNC's DES with a key that everybody knows. */
    private static byte[] obscured(String password) throws GeneralSecurityException {
        byte[] key = {(byte) 0xE8, 0x4A, (byte) 0xD6, 0x60, (byte) 0xC4, 0x72, 0x1A, (byte) 0xE0};
        Cipher cipher = Cipher.getInstance("DES/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "DES"));
        return cipher.doFinal(Arrays.copyOf(password.getBytes(StandardCharsets.ISO_8859_1), 8));
    }

    /** What a program on the desktop prints. */
    String output(String... command) throws IOException, InterruptedException {
        Process program = on(command);
        String text = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        program.waitFor();
        return text;
    }

    /** Starts a program on the desktop. */
    Process on(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DISPLAY", ":" + Files.readString(display).strip());
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
