package org.datalabs.desktop.session.real;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A real Xvnc with openbox on a UNIX socket, as the local runtime starts it, and the programs in it. */
public final class RemoteDisplay implements AutoCloseable {
    private final Path folder;
    private final int number;
    private final Path socket;
    private final List<Process> programs = new ArrayList<>();

    /** @param number of the X display; must be free */
    public RemoteDisplay(int number, String geometry, int frameRate, Path folder) throws IOException {
        this.number = number;
        this.folder = folder;
        socket = folder.resolve("rfb-" + number);
        start(
                "Xvnc",
                ":" + number,
                "-geometry",
                geometry,
                "-depth",
                "24",
                "-AlwaysShared",
                "-AcceptSetDesktopSize=1",
                "-FrameRate=" + frameRate,
                "-SecurityTypes",
                "None",
                "-rfbport",
                "-1",
                "-rfbunixpath",
                socket.toString(),
                "-rfbunixmode",
                "0600",
                "-nolisten",
                "tcp",
                "-ac");
        Until.holds("Xvnc listens", () -> Files.exists(socket) && Files.exists(Path.of("/tmp/.X11-unix/X" + number)));
        start("openbox");
        // A window that is mapped while the manager starts may end up neither managed nor shown.
        Until.holds("openbox manages windows", () -> run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
                .contains("window id"));
    }

    /** A display number that no server has. */
    public static int freeNumber() {
        return IntStream.iterate(42, number -> number + 1)
                .filter(number -> !Files.exists(Path.of("/tmp/.X11-unix/X" + number))
                        && !Files.exists(Path.of("/tmp/.X" + number + "-lock")))
                .findFirst()
                .orElseThrow();
    }

    /** Copies a text to the display's clipboard, as a program of it does. */
    public void copy(String text) throws IOException {
        Process clip = start("xclip", "-selection", "clipboard", "-i");
        try (OutputStream in = clip.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Starts a program in this display; its output goes to a file of its name. */
    public Process start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("DISPLAY", ":" + number);
        environment.put("LC_ALL", "C.UTF-8");
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(outputFile(command[0])));
        Process process = builder.start();
        programs.add(process);
        return process;
    }

    private File outputFile(String program) {
        return folder.resolve(Path.of(program).getFileName() + "-" + number + ".log")
                .toFile();
    }

    /** What programs of this name have printed so far. */
    public String output(String program) throws IOException {
        return Files.readString(outputFile(program).toPath());
    }

    /** Runs a program of this display to its end and gives its output. */
    public String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DISPLAY", ":" + number);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(20, TimeUnit.SECONDS);
        return output;
    }

    /** Carries bytes both ways until one side ends. */
    void bridge(WebSocketEnd end, List<Closeable> open) throws IOException {
        try (SocketChannel rfb = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            rfb.connect(UnixDomainSocketAddress.of(socket));
            open.add(rfb);
            Thread up = new Thread(
                    () -> {
                        try (rfb) {
                            while (true) {
                                WebSocketEnd.Frame frame = end.next();
                                if (frame.kind() == WebSocketEnd.CLOSE) {
                                    return;
                                }
                                ByteBuffer bytes = ByteBuffer.wrap(frame.payload());
                                while (bytes.hasRemaining()) {
                                    rfb.write(bytes);
                                }
                            }
                        } catch (IOException ended) {
                            // Either side went away.
                        }
                    },
                    "rfb-up");
            up.setDaemon(true);
            up.start();
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            while (rfb.read(buffer) >= 0) {
                end.send(true, WebSocketEnd.BINARY, buffer.array(), buffer.position());
                buffer.clear();
            }
        }
    }

    @Override
    public void close() {
        for (int i = programs.size() - 1; i >= 0; i--) {
            programs.get(i).destroy();
        }
    }
}
