package org.datalabs.bench.plane;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datalabs.bench.measure.Child;
import org.datalabs.bench.measure.MeasurementException;
import org.datalabs.bench.measure.Scratch;
import org.datalabs.bench.measure.Setup;

/** The data plane beside nginx, haproxy and configurable-http-proxy; its desktops beside websockify. */
public final class PlaneBench {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LARGE_BYTES = 10_000_000;
    private static final String WEB_PATH = "/s/" + PlaneServer.WEB + "/";
    private static final String SOCKETS_PATH = "/s/" + PlaneServer.SOCKETS + "/";
    private static final String DESKTOP_PATH = "/s/" + PlaneServer.DESKTOP + "/vnc";

    private static final String PLANE = "data plane";
    private static final String NGINX = "nginx";
    private static final String NODE = "configurable-http-proxy";
    private static final String WEBSOCKIFY = "websockify";

    /** As the service runs on a cluster: the whole compiler, since it runs for weeks. */
    private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC");

    private final Setup setup;
    private final List<AutoCloseable> open = new ArrayList<>();

    public PlaneBench(Setup setup) {
        this.setup = setup;
    }

    public void run() throws Exception {
        try (Scratch scratch = new Scratch()) {
            try {
                measure(scratch);
            } finally {
                for (int i = open.size() - 1; i >= 0; i--) {
                    open.get(i).close();
                }
            }
        }
    }

    private void measure(Scratch scratch) throws IOException, InterruptedException {
        Child streams = java(scratch, "origin", Origin.class);
        int webSockets = Integer.parseInt(streams.await("web ", PATIENCE));
        int desktop = Integer.parseInt(streams.await("desktop ", PATIENCE));
        int http = origin(scratch, webSockets);
        Plane plane = plane(scratch, http, webSockets, desktop);
        List<Contender> others = List.of(
                nginx(scratch, NGINX, http, webSockets, false),
                nginx(scratch, "nginx tuned", http, webSockets, true),
                haproxy(scratch, http, webSockets));
        answers(together(plane.web(), others, node(scratch, http)));
        streams(together(plane.sockets(), others, node(scratch, webSockets)));
        desktops(List.of(plane.desktop(), websockify(scratch, desktop)));
    }

    private static List<Contender> together(Contender plane, List<Contender> others, Contender node) {
        List<Contender> all = new ArrayList<>(List.of(plane));
        all.addAll(others);
        all.add(node);
        return all;
    }

    private void answers(List<Contender> all) throws IOException, InterruptedException {
        Comparison small = new Comparison(setup, all, "small answers");
        small.run(proxy -> {
            Wrk.Load load = Wrk.run(proxy, WEB_PATH + "small", 32, seconds());
            return new Comparison.Sample(load.perSecond(), load.p99Millis());
        });
        small.rateAtLeast(NGINX, 1.0);
        small.cpuAtMost(NGINX, 1.3);
        small.p99AtMost(NGINX, 1.5);
        small.rateAtLeast(NODE, 5);
        small.cpuAtMost(NODE, 1.0 / 6);
        Comparison large = new Comparison(setup, all, "10 MB answers");
        large.run(proxy -> {
            Wrk.Load load = Wrk.run(proxy, WEB_PATH + "large", 4, seconds());
            return new Comparison.Sample(load.perSecond(), load.p99Millis());
        });
        large.rateAtLeast(NGINX, 3.0);
        large.p99AtMost(NGINX, 1.5);
    }

    private void streams(List<Contender> all) throws IOException, InterruptedException {
        Comparison echo = new Comparison(setup, all, "WebSocket, there and back");
        echo.run(proxy -> {
            StreamLoad.RoundTrips trips = new StreamLoad(proxy, SOCKETS_PATH + "echo", false).echo(16, seconds());
            return new Comparison.Sample(trips.perSecond(), trips.p99Millis());
        });
        echo.rateAtLeast(NGINX, 1.0);
        echo.p99AtMost(NGINX, 1.5);
        Comparison pour = new Comparison(setup, all, "WebSocket, MB one way");
        pour.run(proxy -> {
            double rate = new StreamLoad(proxy, SOCKETS_PATH + "pour", false).pour(4, seconds());
            return new Comparison.Sample(rate, 0);
        });
        pour.rateAtLeast(NGINX, 2.0);
    }

    private void desktops(List<Contender> both) throws IOException, InterruptedException {
        Comparison pour = new Comparison(setup, both, "desktop, MB one way");
        pour.run(proxy -> {
            double rate = new StreamLoad(proxy, DESKTOP_PATH, true).pour(4, seconds());
            return new Comparison.Sample(rate, 0);
        });
        pour.cpuAtMost(WEBSOCKIFY, 1.0);
        Comparison echo = new Comparison(setup, both, "desktop, there and back");
        echo.run(proxy -> {
            StreamLoad.RoundTrips trips = new StreamLoad(proxy, DESKTOP_PATH, true).echo(8, seconds());
            return new Comparison.Sample(trips.perSecond(), trips.p99Millis());
        });
        echo.p99AtMost(WEBSOCKIFY, 1.0);
    }

    private static int seconds() {
        return Integer.getInteger("bench.plane.seconds", 4);
    }

    private int origin(Scratch scratch, int webSockets) throws IOException {
        Path folder = scratch.folder("origin-http");
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
            large.setLength(LARGE_BYTES);
        }
        int port = freePort();
        start(scratch, "origin-http", nginxCommand(folder, ProxyFiles.origin(folder, port, webSockets)), port);
        return port;
    }

    /** The data plane's process, for the clients of each of its sessions. */
    private record Plane(Contender web, Contender sockets, Contender desktop) {}

    private Plane plane(Scratch scratch, int http, int webSockets, int desktop)
            throws IOException, InterruptedException {
        Child child = java(
                scratch,
                "plane",
                PlaneServer.class,
                String.valueOf(http),
                String.valueOf(webSockets),
                String.valueOf(desktop));
        String web = child.await("web ", PATIENCE);
        String sockets = child.await("sockets ", PATIENCE);
        String vnc = child.await("desktop ", PATIENCE);
        int port = Integer.parseInt(child.await("port ", PATIENCE));
        return new Plane(entered(child, port, web), entered(child, port, sockets), entered(child, port, vnc));
    }

    private static Contender entered(Child child, int port, String ticket) throws IOException, InterruptedException {
        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + ticket))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        return new Contender(
                PLANE, child, port, answer.headers().firstValue("Set-Cookie").map(value -> value.split(";", 2)[0]));
    }

    private Contender nginx(Scratch scratch, String name, int http, int webSockets, boolean tuned) throws IOException {
        Path folder = scratch.folder(name.replace(' ', '-'));
        int port = freePort();
        String text = tuned
                ? ProxyFiles.nginxTuned(folder, port, http, webSockets)
                : ProxyFiles.nginxUsual(folder, port, http, webSockets);
        return start(scratch, name, nginxCommand(folder, text), port);
    }

    private Contender haproxy(Scratch scratch, int http, int webSockets) throws IOException {
        int port = freePort();
        Path file = scratch.path().resolve("haproxy.cfg");
        Files.writeString(file, ProxyFiles.haproxy(port, http, webSockets));
        return start(scratch, "haproxy", List.of("haproxy", "-q", "-db", "-f", file.toString()), port);
    }

    private Contender node(Scratch scratch, int http) throws IOException {
        int port = freePort();
        return start(
                scratch,
                NODE,
                List.of(
                        setup.configurableHttpProxy().toString(),
                        "--ip=127.0.0.1",
                        "--port=" + port,
                        "--api-ip=127.0.0.1",
                        "--api-port=" + freePort(),
                        "--log-level=error",
                        "--default-target=http://127.0.0.1:" + http),
                port);
    }

    private Contender websockify(Scratch scratch, int desktop) throws IOException {
        int port = freePort();
        return start(scratch, WEBSOCKIFY, List.of("websockify", "127.0.0.1:" + port, "127.0.0.1:" + desktop), port);
    }

    private static List<String> nginxCommand(Path folder, String text) throws IOException {
        Path file = folder.resolve("nginx.conf");
        Files.writeString(file, text);
        return List.of("/usr/sbin/nginx", "-e", "stderr", "-p", folder.toString(), "-c", file.toString());
    }

    private Contender start(Scratch scratch, String name, List<String> command, int port) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectOutput(ProcessBuilder.Redirect.PIPE);
        Child child = Child.start(builder, scratch.path().resolve(name.replace(' ', '-') + ".log"));
        open.add(child);
        awaitPort(name, port);
        return new Contender(name, child, port, Optional.empty());
    }

    private Child java(Scratch scratch, String name, Class<?> main, String... arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JVM);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        words.addAll(List.of(arguments));
        Child child = Child.start(new ProcessBuilder(words), scratch.path().resolve(name + ".log"));
        open.add(child);
        return child;
    }

    private static void awaitPort(String name, int port) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw new MeasurementException(name + " does not listen.", e);
                }
                Thread.onSpinWait();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
