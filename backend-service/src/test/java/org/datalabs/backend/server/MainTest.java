package org.datalabs.backend.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.session.FakeRuntime;
import org.datalabs.backend.volume.BuiltInVolumes;
import org.datalabs.core.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program and its protocol with whoever starts it. */
@Timeout(60)
class MainTest {
    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void servesItsParentUntilTheInputCloses() throws Exception {
        Program program = new Program("--embedded", "--state", state());
        program.write("token-from-the-parent\n");
        JsonNode line = program.line();
        assertThat(line.get("ready").asBoolean()).isTrue();
        URI me = URI.create("http://127.0.0.1:" + line.get("port").asInt() + "/api/v1/me");
        assertThat(status(me, "token-from-the-parent")).isEqualTo(200);
        assertThat(status(me, "another")).isEqualTo(401);
        program.closeInput();
        assertThat(program.exit()).isZero();
        assertThat(Files.readString(folder.resolve("state/log/backend.log"))).doesNotContain("token-from-the-parent");
    }

    @Test
    void makesATokenOfItsOwnWhenItStandsAlone() throws Exception {
        Program program = new Program("--listen", "127.0.0.1:0", "--state", state());
        JsonNode line = program.line();
        Path file = folder.resolve("state/token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        URI me = URI.create("http://127.0.0.1:" + line.get("port").asInt() + "/api/v1/me");
        assertThat(status(me, Files.readString(file).strip())).isEqualTo(200);

        Program second = new Program("--listen", "127.0.0.1:0", "--state", state());
        assertThat(second.line().at("/problem/code").asText()).isEqualTo("ALREADY_RUNNING");
        assertThat(second.exit()).isEqualTo(3);

        Program samePort = new Program(
                "--listen",
                "127.0.0.1:" + line.get("port").asInt(),
                "--state",
                folder.resolve("other").toString());
        assertThat(samePort.line().at("/problem/code").asText()).isEqualTo("PORT_IN_USE");
        assertThat(samePort.exit()).isEqualTo(4);
        program.interrupt();
        assertThat(program.exit()).isZero();
    }

    @Test
    void tellsThatAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Program program = new Program("--listen", "127.0.0.1:" + taken.getLocalPort(), "--state", state());
            JsonNode problem = program.line().get("problem");
            assertThat(problem.get("what").asText()).contains(String.valueOf(taken.getLocalPort()));
            assertThat(problem.get("remedy").asText()).isNotBlank();
            assertThat(program.exit()).isEqualTo(4);
        }
    }

    @Test
    void servesOnAfterItsDatabaseWasDamaged() throws Exception {
        Path file = Files.createDirectories(folder.resolve("state/db")).resolve("datalabs.mv.db");
        Files.writeString(file, "not a database".repeat(1000));
        Program program = new Program("--embedded", "--state", state());
        program.write("token-from-the-parent\n");
        int port = program.line().get("port").asInt();
        URI info = URI.create("http://127.0.0.1:" + port + "/api/v1/datazone");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(info)
                                .header("Authorization", "Bearer token-from-the-parent")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(json.readTree(answer.body()).get("notices").toString()).contains("damaged");
        program.closeInput();
        assertThat(program.exit()).isZero();
    }

    @Test
    void needsATokenFromItsParent() throws Exception {
        Program program = new Program("--embedded", "--state", state());
        program.closeInput();
        assertThat(program.line().at("/problem/code").asText()).isEqualTo("BAD_REQUEST");
        assertThat(program.exit()).isEqualTo(2);
    }

    @Test
    void practisesALaunchAndEnds() throws Exception {
        Program program = new Program("--train", state());
        assertThat(program.line().get("ready").asBoolean()).isTrue();
        assertThat(program.exit()).isZero();
        assertThat(program.engine.runtime.starts()).isEqualTo(1);
        assertThat(program.engine.runtime.existing()).isEmpty();
    }

    @Test
    void tellsThatTheDiskIsFull() throws Exception {
        Engine full = new Engine() {
            @Override
            public boolean onThisMachine() {
                return true;
            }

            @Override
            public SessionRuntime runtime(Path state, Clock clock) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public BuiltInVolumes volumes(Path state, Clock clock) {
                return ArrayList::new;
            }
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Main main = new Main(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                full,
                settings -> full);

        assertThat(main.run(List.of("--listen", "127.0.0.1:0", "--state", state())))
                .isEqualTo(1);
        assertThat(json.readTree(out.toByteArray()).at("/problem/code").asText())
                .isEqualTo("DISK_FULL");
    }

    @Test
    void tellsThatItsFolderCannotBeUsed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        Program program = new Program(
                "--listen", "127.0.0.1:0", "--state", file.resolve("state").toString());
        assertThat(program.line().at("/problem/what").asText()).contains(file.toString());
        assertThat(program.exit()).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--embedded",
                "--state /tmp/x",
                "--embedded --state",
                "--embedded --embedded --state /tmp/x",
                "--listen nowhere --state /tmp/x",
                "--listen 127.0.0.1:99999 --state /tmp/x",
                "--embedded --state /tmp/x --quota 0",
                "--embedded --state /tmp/x --quota many",
                "--embedded --state /tmp/x --colour red"
            })
    void refusesACommandLineThatItDoesNotUnderstand(String line) {
        List<String> words = line.isEmpty() ? List.of() : List.of(line.split(" "));
        assertThatThrownBy(() -> Arguments.parse(words)).isInstanceOf(ProblemException.class);
    }

    private String state() {
        return folder.resolve("state").toString();
    }

    private static int status(URI address, String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** The program on a thread of its own, with pipes for its input and output. */
    private final class Program {
        private final PipedOutputStream input = new PipedOutputStream();
        private final BufferedReader output;
        private final CompletableFuture<Integer> status = new CompletableFuture<>();
        private final FakeEngine engine = new FakeEngine();
        private final Thread thread;

        Program(String... words) throws IOException {
            PipedInputStream in = new PipedInputStream(input);
            PipedOutputStream out = new PipedOutputStream();
            output = new BufferedReader(new InputStreamReader(new PipedInputStream(out), StandardCharsets.UTF_8));
            Main main = new Main(in, new PrintStream(out, true, StandardCharsets.UTF_8), engine, settings -> engine);
            thread = new Thread(() -> status.complete(main.run(List.of(words))));
            thread.start();
        }

        void write(String text) throws IOException {
            input.write(text.getBytes(StandardCharsets.UTF_8));
            input.flush();
        }

        void closeInput() throws IOException {
            input.close();
        }

        void interrupt() {
            thread.interrupt();
        }

        JsonNode line() throws IOException {
            return json.readTree(output.readLine());
        }

        int exit() throws Exception {
            return status.get(30, TimeUnit.SECONDS);
        }
    }

    private static final class FakeEngine implements Engine {
        @Override
        public boolean onThisMachine() {
            return true;
        }

        private final FakeRuntime runtime = new FakeRuntime();

        @Override
        public SessionRuntime runtime(Path state, Clock clock) {
            return runtime;
        }

        @Override
        public BuiltInVolumes volumes(Path state, Clock clock) {
            return ArrayList::new;
        }
    }
}
