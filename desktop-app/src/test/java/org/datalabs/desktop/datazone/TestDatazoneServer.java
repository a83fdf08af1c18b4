package org.datalabs.desktop.datazone;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.api.DatazoneInfo;
import org.datalabs.core.api.Json;
import org.datalabs.core.api.Marks;
import org.datalabs.core.api.Me;
import org.datalabs.core.api.ProblemDocument;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.CataloguePage;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.identity.User;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.session.Ticket;
import org.datalabs.core.session.UsageSample;
import org.datalabs.core.volume.Volume;
import org.jspecify.annotations.Nullable;

/** A small datazone over real HTTP on the loopback, which can stop, come back on its port, and tell events. */
final class TestDatazoneServer implements AutoCloseable {
    private static final String END = "end";

    private final ObjectMapper json = Json.lenient();
    private final @Nullable String token;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<BlockingQueue<String>> streams = new CopyOnWriteArrayList<>();
    private final List<DatazoneEvent> told = new ArrayList<>();
    private volatile List<CatalogueEntry> catalogue =
            List.of(FakeDatalabs.topcat(), FakeDatalabs.jupyter(), FakeDatalabs.casa());
    private volatile String revision = "r1";
    private volatile List<Session> sessions = List.of();
    private volatile List<Volume> volumes = List.of(FakeDatalabs.samples());
    private volatile List<UsageSample> usage = List.of();
    private volatile @Nullable Problem launchRefusal;
    private int port;
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    /** {@code token} is what requests must bring, or null. */
    TestDatazoneServer(@Nullable String token) {
        this.token = token;
    }

    /** Starts, on the port of the last time if there was one. */
    TestDatazoneServer start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            ExecutorService pool = Executors.newCachedThreadPool();
            started.setExecutor(pool);
            started.createContext("/", this::handle);
            started.start();
            port = started.getAddress().getPort();
            server = started;
            threads = pool;
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void stop() {
        HttpServer running = server;
        if (running != null) {
            streams.forEach(stream -> stream.add(END));
            streams.clear();
            running.stop(0);
            Objects.requireNonNull(threads).shutdownNow();
            server = null;
        }
    }

    int port() {
        return port;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Paths asked for, with their methods, in order. */
    List<String> requests() {
        return requests;
    }

    int openStreams() {
        return streams.size();
    }

    void setCatalogue(String newRevision, List<CatalogueEntry> entries) {
        catalogue = entries;
        revision = newRevision;
    }

    void setSessions(Session... newSessions) {
        sessions = List.of(newSessions);
    }

    void setVolumes(Volume... newVolumes) {
        volumes = List.of(newVolumes);
    }

    void setUsage(UsageSample... samples) {
        usage = List.of(samples);
    }

    void refuseLaunches(Problem problem) {
        launchRefusal = problem;
    }

    /** Tells an event to all who listen and to those who come back later. */
    void tell(DatazoneEvent event) {
        synchronized (told) {
            told.add(event);
            String text = text(event, told.size());
            streams.forEach(stream -> stream.add(text));
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String request = exchange.getRequestMethod() + " " + path;
        requests.add(request);
        if (token != null
                && !("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            problem(exchange, Problem.of(ProblemCode.NOT_SIGNED_IN, "Not signed in.", "Give a token."));
            return;
        }
        switch (request) {
            case "GET " + ApiPaths.DATAZONE ->
                answer(
                        exchange,
                        200,
                        new DatazoneInfo("Test", "for tests", "local", "1.0", Resources.of(2, 8), null, List.of()));
            case "GET " + ApiPaths.ME ->
                answer(exchange, 200, new Me(new User(FakeDatalabs.ANNA, "Anna"), FakeDatalabs.unused()));
            case "GET " + ApiPaths.CATALOGUE -> catalogue(exchange);
            case "GET " + ApiPaths.VOLUMES -> answer(exchange, 200, volumes);
            case "GET " + ApiPaths.SESSIONS -> answer(exchange, 200, sessions);
            case "POST " + ApiPaths.SESSIONS -> launch(exchange);
            case "GET " + ApiPaths.EVENTS -> events(exchange);
            default -> other(exchange, request);
        }
    }

    private void other(HttpExchange exchange, String request) throws IOException {
        if (request.endsWith("/tickets")) {
            String session = request.split("/")[4];
            answer(exchange, 201, new Ticket("/s/" + session + "/?ticket=secret", null, FakeDatalabs.NOON));
        } else if (request.endsWith("/usage")) {
            answer(exchange, 200, usage);
        } else if (request.startsWith("GET " + ApiPaths.CATALOGUE + "/")) {
            answer(exchange, 200, entry(request.substring(("GET " + ApiPaths.CATALOGUE + "/").length())));
        } else if (request.startsWith("PUT ") && request.endsWith("/marks")) {
            Marks marks = json.readValue(exchange.getRequestBody(), Marks.class);
            answer(exchange, 200, CatalogueMarks.apply(catalogue.get(0), marks));
        } else if (request.startsWith("DELETE ")) {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        } else {
            problem(exchange, Problem.of(ProblemCode.NOT_FOUND, "There is no such thing.", ""));
        }
    }

    private void catalogue(HttpExchange exchange) throws IOException {
        String etag = "\"" + revision + "\"";
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().set("ETag", etag);
        answer(exchange, 200, new CataloguePage(revision, catalogue, null));
    }

    private void launch(HttpExchange exchange) throws IOException {
        LaunchRequest wanted = json.readValue(exchange.getRequestBody(), LaunchRequest.class);
        Problem refusal = launchRefusal;
        if (refusal != null) {
            problem(exchange, refusal);
            return;
        }
        CatalogueEntry entry = entry(wanted.datalab().value());
        answer(
                exchange,
                202,
                FakeDatalabs.session(7, entry, new SessionState.Pending("Waiting", "", FakeDatalabs.NOON)));
    }

    private CatalogueEntry entry(String id) {
        return catalogue.stream()
                .filter(known -> known.datalab().id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void events(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        BlockingQueue<String> stream = new LinkedBlockingQueue<>();
        String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        synchronized (told) {
            if (last == null) {
                stream.add("id: " + told.size() + "\nevent: resync\ndata: {\"type\":\"resync\"}\n\n");
            } else {
                for (int i = Integer.parseInt(last); i < told.size(); i++) {
                    stream.add(text(told.get(i), i + 1));
                }
            }
            streams.add(stream);
        }
        try (OutputStream out = exchange.getResponseBody()) {
            for (String text = stream.take(); !text.equals(END); text = stream.take()) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            streams.remove(stream);
            exchange.close();
        }
    }

    private String text(DatazoneEvent event, int id) {
        try {
            String data = json.writerFor(DatazoneEvent.class).writeValueAsString(event);
            String line = event instanceof DatazoneEvent.Usage ? "" : "id: " + id + "\n";
            return line + "data: " + data + "\n\n";
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void problem(HttpExchange exchange, Problem problem) throws IOException {
        byte[] bytes = json.writeValueAsBytes(ProblemDocument.of(problem, null));
        exchange.getResponseHeaders().set("Content-Type", ProblemDocument.CONTENT_TYPE);
        exchange.sendResponseHeaders(problem.code().status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
