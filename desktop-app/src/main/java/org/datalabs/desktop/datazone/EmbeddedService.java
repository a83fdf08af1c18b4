package org.datalabs.desktop.datazone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.datalabs.core.api.Json;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.problem.Problems;
import org.jspecify.annotations.Nullable;

/**
 * The backend program as a child process of the app: it gets a token of this start on its standard input, says on its
 * standard output when it serves, and ends when its standard input closes, which also happens when the app is killed.
 * One that has ended, or has not answered for a minute, is started anew by the next {@link #open()}.
 */
final class EmbeddedService implements DatazoneAccess {
    private static final System.Logger LOG = System.getLogger(EmbeddedService.class.getName());
    private static final int TOKEN_BYTES = 32;
    private static final int LARGEST_PORT = 65_535;
    private static final Duration SETTLE = Duration.ofMillis(500);
    private static final Duration END = Duration.ofSeconds(3);
    private static final Duration MOST_SILENCE = Duration.ofSeconds(60);

    private final EmbeddedCommand command;
    private final Path state;
    private final BoundedLog log;
    private final Duration readyWithin;
    private final Clock clock;
    private final Texts texts = Texts.of(EmbeddedService.class);
    private final Object lock = new Object();

    private @Nullable Child child;
    private @Nullable Instant silentSince;
    private boolean closed;

    EmbeddedService(EmbeddedCommand command, AppFolders folders, Duration readyWithin, Clock clock) {
        this.command = command;
        this.state = folders.state();
        this.log = new BoundedLog(folders.desktop().resolve("backend.log"));
        this.readyWithin = readyWithin;
        this.clock = clock;
    }

    private record Child(Process process, Endpoint endpoint) {}

    @Override
    public String opening() {
        return texts.get("local.starting");
    }

    @Override
    public Endpoint open() throws InterruptedException {
        Child running = child();
        if (running != null && running.process().isAlive()) {
            return running.endpoint();
        }
        Child started = start();
        synchronized (lock) {
            child = started;
            silentSince = null;
            if (closed) {
                end(started.process());
            }
        }
        return started.endpoint();
    }

    @Override
    public void answered() {
        silentSince = null;
    }

    /** What the socket says is told in the words of the process behind it. */
    @Override
    public Problem explain(Problem observed) throws InterruptedException {
        Child running = child();
        if (running == null || observed.code() != ProblemCode.UNREACHABLE) {
            return observed;
        }
        Process process = running.process();
        // The sockets of a process that dies close a moment before it is gone.
        if (process.waitFor(SETTLE.toMillis(), TimeUnit.MILLISECONDS)) {
            return ended(process.exitValue());
        }
        Instant now = clock.instant();
        Instant since = silentSince == null ? now : silentSince;
        silentSince = since;
        if (since.plus(MOST_SILENCE).isBefore(now)) {
            LOG.log(Level.WARNING, "The embedded service has not answered for " + MOST_SILENCE + "; it is ended");
            process.destroyForcibly().waitFor();
        }
        return Problem.of(ProblemCode.UNREACHABLE, texts.get("local.silent"), texts.get("local.silent.remedy"));
    }

    @Override
    public boolean isGone() {
        Child running = child();
        return running == null || !running.process().isAlive();
    }

    /** Lets the service end and waits for it a moment; one that takes longer ends without the app. */
    @Override
    public void close() {
        Child running;
        synchronized (lock) {
            closed = true;
            running = child;
        }
        if (running == null) {
            return;
        }
        end(running.process());
        try {
            if (!running.process().waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.INFO, "The embedded service takes its time to end");
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Child child() {
        synchronized (lock) {
            return child;
        }
    }

    private Child start() throws InterruptedException {
        if (command.words().isEmpty()) {
            throw new ProblemException(Problem.of(
                    ProblemCode.PROGRAM_MISSING, texts.get("local.missing"), texts.get("local.missing.remedy")));
        }
        String token = token();
        CompletableFuture<String> firstLine = new CompletableFuture<>();
        Process process = launch();
        boolean ready = false;
        try {
            follow(process, firstLine);
            send(token, process);
            int port = port(await(firstLine, process));
            ready = true;
            return new Child(process, new Endpoint(URI.create("http://127.0.0.1:" + port), token));
        } finally {
            if (!ready) {
                process.destroyForcibly();
            }
        }
    }

    private Process launch() {
        List<String> words = new ArrayList<>(command.words());
        words.addAll(List.of("--embedded", "--state", state.toString()));
        ProcessBuilder builder = new ProcessBuilder(words).directory(state.toFile());
        builder.environment().remove(ConfiguredDatazones.TOKEN_VARIABLE);
        try {
            Path logFolder = log.path().getParent();
            AtomicFile.createPrivateFolders(logFolder == null ? state : logFolder);
            return builder.start();
        } catch (IOException failure) {
            Problem cause = Problems.of(failure);
            throw new ProblemException(
                    cause.code() == ProblemCode.DISK_FULL
                            ? cause
                            : Problem.of(
                                    ProblemCode.PROGRAM_MISSING,
                                    texts.get("local.unstartable", state),
                                    texts.get("local.unstartable.remedy")),
                    failure);
        }
    }

    private void follow(Process process, CompletableFuture<String> firstLine) {
        daemon("embedded service output", () -> {
            log.copy(process.getInputStream(), line -> !(line.startsWith("{") && firstLine.complete(line)));
            firstLine.complete("");
        });
        daemon("embedded service log", () -> log.copy(process.getErrorStream(), line -> true));
    }

    /** The stream stays open for as long as the service shall run. */
    private static void send(String token, Process process) {
        try {
            OutputStream input = process.getOutputStream();
            input.write((token + "\n").getBytes(StandardCharsets.US_ASCII));
            input.flush();
        } catch (IOException ended) {
            LOG.log(Level.DEBUG, "The embedded service did not wait for its token", ended);
        }
    }

    private String await(CompletableFuture<String> firstLine, Process process) throws InterruptedException {
        try {
            String line = firstLine.get(readyWithin.toMillis(), TimeUnit.MILLISECONDS);
            if (!line.isEmpty()) {
                return line;
            }
            if (process.waitFor(SETTLE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProblemException(Problem.of(
                        ProblemCode.INTERNAL,
                        texts.get("local.early", process.exitValue()),
                        texts.get("local.early.remedy", log.path())));
            }
            throw new ProblemException(unclear());
        } catch (TimeoutException late) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.UNREACHABLE,
                            texts.get("local.late", readyWithin.toSeconds()),
                            texts.get("local.early.remedy", log.path())),
                    late);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private int port(String line) {
        ObjectMapper mapper = Json.lenient();
        try {
            JsonNode said = mapper.readTree(line);
            if (said.has("problem")) {
                throw new ProblemException(mapper.treeToValue(said.get("problem"), Problem.class));
            }
            int port = said.path("port").asInt();
            if (said.path("ready").asBoolean() && port > 0 && port <= LARGEST_PORT) {
                return port;
            }
            log.append(line);
            throw new ProblemException(unclear());
        } catch (JsonProcessingException unreadable) {
            log.append(line);
            throw new ProblemException(unclear(), unreadable);
        }
    }

    private Problem unclear() {
        return Problem.of(
                ProblemCode.INTERNAL, texts.get("local.unclear"), texts.get("local.early.remedy", log.path()));
    }

    private Problem ended(int exit) {
        return Problem.of(ProblemCode.UNREACHABLE, texts.get("local.ended", exit), texts.get("local.ended.remedy"));
    }

    /** The source of random numbers takes a while to load, so it is left to this thread. */
    private static String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void end(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException ended) {
            LOG.log(Level.DEBUG, "The embedded service has already ended", ended);
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
