package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datalabs.backend.proxy.Plane.BASE;
import static org.datalabs.backend.proxy.Plane.SESSION;
import static org.datalabs.backend.proxy.Plane.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.session.Activity;
import org.datalabs.backend.session.SessionDirectory;
import org.datalabs.core.catalogue.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Jupyter notebook server on a UNIX socket, used the way a browser does. */
class JupyterTest {
    private static final Path PROGRAM = Path.of("/usr/bin/jupyter-notebook");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    @Timeout(120)
    void showsPagesStartsKernelsAndRunsCells(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(PROGRAM), "jupyter-notebook is not installed");
        Path socket = folder.resolve("socket");
        Process jupyter = start(folder, socket);
        try (Plane plane = new Plane()) {
            SessionDirectory.Entry entry =
                    plane.put(SESSION, Kind.WEB, "{base}", "token {token}", new Endpoint.UnixSocket(socket));
            Endpoint endpoint = new Endpoint.UnixSocket(socket);
            Until.holds(() ->
                    plane.probe.answers(entry, endpoint).toCompletableFuture().join());
            String cookie = plane.cookie();
            String origin = "http://127.0.0.1:" + plane.port;

            HttpResponse<String> page = get(origin + BASE + "tree", cookie);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("data-base-url=\"" + BASE + "\"");
            assertThat(get(origin + BASE, cookie)
                            .headers()
                            .firstValue("Location")
                            .orElseThrow())
                    .startsWith(BASE + "tree");

            String kernel = startKernel(origin, cookie);
            assertThat(run(plane, origin, cookie, kernel, "6*7")).isEqualTo("42");
            assertThat(inATerminal(plane, origin, cookie, "echo $((6*7))")).contains("42");
            assertThat(plane.sessions.uses.get()).isPositive();

            JupyterActivity activity = new JupyterActivity(plane.vertx, plane.client, plane.origins);
            // Jupyter may begin to listen to a kernel only after its first work, and then knows nothing of it.
            String told;
            do {
                assertThat(run(plane, origin, cookie, kernel, "6*7")).isEqualTo("42");
                told = get(origin + BASE + "api/kernels/" + kernel, cookie).body();
            } while (!told.contains("\"idle\""));
            Activity waiting = told(activity, entry, endpoint);
            assertThat(waiting.at()).isNotNull();
            Path go = folder.resolve("go");
            WebSocket notebook = execute(
                    plane, origin, cookie, kernel, "while not __import__('os').path.exists('" + go + "'): pass");
            Until.holds(() -> told(activity, entry, endpoint).busy());
            await(notebook.close());
            Files.createFile(go);
            Until.holds(() -> !told(activity, entry, endpoint).busy());
            Activity worked = told(activity, entry, endpoint);
            assertThat(worked.at()).isAfter(waiting.at());
            assertThat(told(activity, entry, endpoint)).isEqualTo(worked);
        } finally {
            jupyter.destroy();
            if (!jupyter.waitFor(10, TimeUnit.SECONDS)) {
                jupyter.destroyForcibly();
            }
        }
    }

    private static Process start(Path folder, Path socket) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                PROGRAM.toString(),
                "--no-browser",
                "--allow-root",
                "--sock=" + socket,
                "--NotebookApp.base_url=" + BASE,
                "--NotebookApp.token=own-token",
                "--notebook-dir=" + folder);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("JUPYTER_RUNTIME_DIR", folder.resolve("run").toString());
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private HttpResponse<String> get(String address, String cookie) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address))
                        .timeout(Duration.ofSeconds(20))
                        .header("Cookie", cookie)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String startKernel(String origin, String cookie) throws IOException, InterruptedException {
        // Jupyter refuses a POST whose Origin and Host disagree.
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(origin + BASE + "api/kernels"))
                        .timeout(Duration.ofSeconds(20))
                        .header("Cookie", cookie)
                        .header("Origin", origin)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"python3\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith(BASE + "api/kernels/");
        return json.readTree(answer.body()).path("id").asText();
    }

    private static Activity told(JupyterActivity activity, SessionDirectory.Entry entry, Endpoint endpoint) {
        return activity.ask(entry, endpoint).toCompletableFuture().join();
    }

    /** Types a line into a new terminal and reads until its result is there. */
    private String inATerminal(Plane plane, String origin, String cookie, String line) throws Exception {
        HttpResponse<String> made = http.send(
                HttpRequest.newBuilder(URI.create(origin + BASE + "api/terminals"))
                        .timeout(Duration.ofSeconds(20))
                        .header("Cookie", cookie)
                        .header("Origin", origin)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        String name = json.readTree(made.body()).path("name").asText();
        WebSocketClient client = plane.vertx.createWebSocketClient();
        WebSocket socket = await(client.connect(new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(plane.port)
                .setURI(BASE + "terminals/websocket/" + name)
                .putHeader("Cookie", cookie)
                .putHeader("Origin", origin)));
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        socket.textMessageHandler(messages::add);
        socket.writeTextMessage(json.writeValueAsString(List.of("stdin", line + "\r")));
        StringBuilder seen = new StringBuilder();
        while (!seen.toString().contains("42")) {
            String message = messages.poll(30, TimeUnit.SECONDS);
            assertThat(message).as(seen.toString()).isNotNull();
            seen.append(json.readTree(message).path(1).asText());
        }
        client.close();
        return seen.toString();
    }

    private String run(Plane plane, String origin, String cookie, String kernel, String code) throws Exception {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        WebSocket socket = execute(plane, origin, cookie, kernel, code);
        socket.textMessageHandler(messages::add);
        socket.resume();
        while (true) {
            String message = messages.poll(30, TimeUnit.SECONDS);
            assertThat(message).isNotNull();
            JsonNode node = json.readTree(message);
            if (node.path("msg_type").asText().equals("execute_result")) {
                await(socket.close());
                return node.path("content").path("data").path("text/plain").asText();
            }
        }
    }

    private static WebSocket execute(Plane plane, String origin, String cookie, String kernel, String code) {
        // To Jupyter, a session of the same name is one that comes back for what it missed.
        String session = UUID.randomUUID().toString();
        WebSocketClient client = plane.vertx.createWebSocketClient();
        WebSocket socket = await(client.connect(new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(plane.port)
                .setURI(BASE + "api/kernels/" + kernel + "/channels?session_id=" + session)
                .putHeader("Cookie", cookie)
                .putHeader("Origin", origin)));
        socket.pause();
        await(socket.writeTextMessage("""
                {"header":{"msg_id":"m1","username":"ada","session":"%s","msg_type":"execute_request","version":"5.3"},
                "parent_header":{},"metadata":{},"channel":"shell","buffers":[],
                "content":{"code":"%s","silent":false,"store_history":true,"user_expressions":{},"allow_stdin":false}}
                """.formatted(session, code)));
        return socket;
    }
}
