package org.datalabs.backend.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.datalabs.backend.http.DiskFull;
import org.datalabs.core.api.Json;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program. Tells on standard output, in one line of JSON, either that it serves and where, or the problem for which
 * it ends.
 */
public final class Main {
    /** Databases and JSON count milliseconds at least; what is compared is cut alike. */
    private static final Clock CLOCK = Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));

    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final int ALREADY_RUNNING = 3;
    private static final int PORT_IN_USE = 4;
    private static final int LONGEST_TOKEN = 512;
    private static final int SHORTEST_TOKEN = 16;

    private final InputStream in;
    private final PrintStream out;
    private final Engine engine;
    private final Function<Settings, Engine> clusters;
    private final ObjectMapper json = Json.lenient();
    private final CountDownLatch end = new CountDownLatch(1);

    /** Told when the service serves. */
    private record Ready(boolean ready, int port) {}

    /** Told when it does not start. */
    private record Refusal(Problem problem) {}

    /**
     * @param engine runs sessions on this machine
     * @param clusters makes what runs sessions on the cluster that settings name
     */
    Main(InputStream in, PrintStream out, Engine engine, Function<Settings, Engine> clusters) {
        this.in = in;
        this.out = out;
        this.engine = engine;
        this.clusters = clusters;
    }

    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        if (words.contains("--help")) {
            System.out.print(Arguments.USAGE);
            return;
        }
        Main program = new Main(
                System.in,
                System.out,
                new LocalEngine(),
                // Not by reference: that would load the cluster's client at every start.
                settings -> new KubernetesEngine(settings.kubernetes(), settings.volumes()));
        CountDownLatch over = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> program.stop(over), "shutdown"));
        int status = program.run(words);
        over.countDown();
        System.exit(status);
    }

    /** Serves until told to end; returns the exit status. */
    int run(List<String> words) {
        Logger log = LoggerFactory.getLogger(Main.class);
        try {
            Arguments arguments = Arguments.parse(words);
            Path config = arguments.config();
            if (config != null) {
                Logs.toStandardOutput();
                serveCluster(config);
                return 0;
            }
            try (StateFolder state = StateFolder.hold(arguments.state())) {
                Logs.toFiles(state.log());
                serve(arguments, state);
            }
            return 0;
        } catch (ProblemException e) {
            log.error("the service does not start: {}", e.getMessage(), e.getCause());
            say(new Refusal(e.problem()));
            return status(e.problem().code());
        } catch (RuntimeException | Error e) {
            log.error("the service ends", e);
            if (DiskFull.caused(e)) {
                say(new Refusal(Problem.of(
                        ProblemCode.DISK_FULL,
                        "The datazone cannot start because the disk that holds its files is full.",
                        "Delete files that are not needed, then start again. Nothing of the datazone is lost.")));
                return FAILED;
            }
            say(new Refusal(Problem.of(
                    ProblemCode.INTERNAL,
                    "The datazone could not start because of a fault of its own.",
                    "Its log says more.")));
            return FAILED;
        }
    }

    private void serve(Arguments arguments, StateFolder state) {
        String token = arguments.embedded() ? readToken() : state.token();
        Configuration configuration = Configuration.of(arguments, state, token);
        try (BackendServer server = BackendServer.start(configuration, engine, CLOCK, this::pause)) {
            if (arguments.embedded()) {
                Thread watch = new Thread(this::awaitEndOfInput, "parent");
                watch.setDaemon(true);
                watch.start();
            }
            say(new Ready(true, server.port()));
            if (arguments.training()) {
                Rehearsal.play(URI.create("http://127.0.0.1:" + server.port()), token);
            } else {
                end.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serveCluster(Path config) {
        Settings settings = SettingsReader.read(config);
        try (Scratch scratch = Scratch.make();
                BackendServer server = BackendServer.start(
                        settings.configuration(scratch.folder()), clusters.apply(settings), CLOCK, this::pause)) {
            say(new Ready(true, server.port()));
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits; false once the program is to end. */
    private boolean pause(Duration time) {
        try {
            return !end.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends the service and waits until it has ended. */
    private void stop(CountDownLatch over) {
        end.countDown();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String readToken() {
        StringBuilder token = new StringBuilder();
        try {
            int next = in.read();
            while (next >= 0 && next != '\n' && token.length() < LONGEST_TOKEN) {
                token.append((char) next);
                next = in.read();
            }
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(ProblemCode.BAD_REQUEST, "Standard input cannot be read.", "Start it again."), e);
        }
        String text = token.toString().strip();
        if (text.length() < SHORTEST_TOKEN) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "Standard input does not begin with a token of at least " + SHORTEST_TOKEN + " characters.",
                    "Write the token and a line end to standard input.");
        }
        return text;
    }

    /** The parent holds the other end and never writes again; whatever ends it closes the pipe. */
    private void awaitEndOfInput() {
        byte[] ignored = new byte[256];
        try {
            int read = 0;
            while (read >= 0) {
                read = in.read(ignored);
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(Main.class).debug("standard input broke", e);
        }
        end.countDown();
    }

    private void say(Record line) {
        try {
            out.println(json.writeValueAsString(line));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }

    private static int status(ProblemCode code) {
        return switch (code) {
            case BAD_REQUEST -> MISUSED;
            case ALREADY_RUNNING -> ALREADY_RUNNING;
            case PORT_IN_USE -> PORT_IN_USE;
            default -> FAILED;
        };
    }
}
