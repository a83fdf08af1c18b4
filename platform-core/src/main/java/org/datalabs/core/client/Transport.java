package org.datalabs.core.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.datalabs.core.api.Json;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;

/**
 * Sends calls to one datazone, repeats those that may be repeated, and turns whatever goes wrong into a problem.
 * Thread-safe.
 */
final class Transport implements AutoCloseable {
    private static final int MOST_ATTEMPTS = 3;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(150);
    private static final long LONGEST_ANSWER = 32L << 20;

    /** RFC 6750, section 2.1; anything else could not be sent, and an error about it would tell the token. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{1,8192}=*");

    private final URI address;
    private final Supplier<Optional<String>> token;
    private final HttpClient http;
    private final AnswerReader reader;
    private final ObjectMapper writer = Json.lenient();
    private final Map<Object, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    Transport(URI address, Supplier<Optional<String>> token) {
        this.address = DatazoneAddress.checked(address);
        this.token = token;
        this.reader = new AnswerReader(DatazoneAddress.shown(this.address));
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT);
        if (DatazoneAddress.isLoopback(this.address)) {
            builder.proxy(HttpClient.Builder.NO_PROXY);
        }
        this.http = builder.build();
    }

    URI address() {
        return address;
    }

    AnswerReader reader() {
        return reader;
    }

    /** The body of a successful answer. */
    <T> T fetch(Call call, TypeReference<T> type) {
        return reader.read(send(call), type);
    }

    /**
     * Sends {@code call} until it is answered.
     *
     * @return the answer, of whatever status under 400
     * @throws ProblemException for everything else
     */
    Answer send(Call call) {
        HttpRequest request = request(call);
        long giveUpAt = System.nanoTime() + call.timeout().toNanos();
        for (int attempt = 1; ; attempt++) {
            try {
                Answer answer = attempt(request, call.timeout());
                if (answer.status() < 400) {
                    return answer;
                }
                if (attempt > 1 && answer.status() == 404 && call.method().equals("DELETE")) {
                    // An earlier attempt did it, and only its answer was lost.
                    return new Answer(204, answer.headers(), new byte[0]);
                }
                if (!mayRepeat(call, attempt, giveUpAt) || !reader.isPassing(answer)) {
                    throw new ProblemException(reader.problem(answer));
                }
            } catch (IOException failure) {
                if (!mayRepeat(call, attempt, giveUpAt) || failure instanceof BoundedBody.TooLongException) {
                    throw new ProblemException(reader.problem(failure), failure);
                }
            }
            pause(attempt);
        }
    }

    /** A call that has used up its time is not begun again: its caller has waited long enough. */
    private static boolean mayRepeat(Call call, int attempt, long giveUpAt) {
        return call.repeatable() && attempt < MOST_ATTEMPTS && System.nanoTime() - giveUpAt < 0;
    }

    /**
     * Sends {@code call} once and hands out the answer while its body still comes.
     *
     * @throws IOException when there is no answer
     */
    <T> HttpResponse<T> open(Call call, BodyHandler<T> handler) throws IOException {
        return await(http.sendAsync(request(call), handler), call.timeout());
    }

    private Answer attempt(HttpRequest request, Duration timeout) throws IOException {
        HttpResponse<byte[]> response = await(http.sendAsync(request, BoundedBody.handler(LONGEST_ANSWER)), timeout);
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** The client's own time-out ends with the answer's head; this one covers its body as well. */
    private <T> T await(CompletableFuture<T> answer, Duration timeout) throws IOException {
        Object key = new Object();
        underWay.put(key, answer);
        try {
            if (isClosed()) {
                throw cancelled();
            }
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new HttpTimeoutException("no answer within " + timeout.toSeconds() + " s");
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(cause);
        } catch (CancellationException gone) {
            throw cancelled();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw cancelled();
        } finally {
            underWay.remove(key);
            // Frees the connection when the answer is not wanted any more; nothing happens to a complete one.
            answer.cancel(true);
        }
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(address + call.path())).header("Accept", "application/json");
        call.headers().forEach(builder::setHeader);
        token.get().ifPresent(value -> builder.setHeader("Authorization", "Bearer " + checked(value)));
        if (call.method().equals("GET")) {
            return builder.GET().build();
        }
        if (call.body() == null) {
            return builder.method(call.method(), BodyPublishers.noBody()).build();
        }
        try {
            return builder.setHeader("Content-Type", "application/json")
                    .method(call.method(), BodyPublishers.ofByteArray(writer.writeValueAsBytes(call.body())))
                    .build();
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private String checked(String value) {
        if (!TOKEN.matcher(value).matches()) {
            throw new ProblemException(
                    ProblemCode.NOT_SIGNED_IN,
                    "The access token for " + DatazoneAddress.shown(address) + " has characters that no token has.",
                    "Copy the token again, without line ends or quotes.");
        }
        return value;
    }

    private void pause(int attempt) {
        long full = FIRST_PAUSE.toMillis() << (2 * (attempt - 1));
        try {
            if (closed.await(ThreadLocalRandom.current().nextLong(full / 2, full), TimeUnit.MILLISECONDS)) {
                throw cancelled();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw cancelled();
        }
    }

    private ProblemException cancelled() {
        return new ProblemException(Problem.of(
                ProblemCode.UNREACHABLE,
                "The request to " + DatazoneAddress.shown(address) + " was cancelled.",
                "Try again."));
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Ends what is under way; its callers get a problem at once. */
    @Override
    public void close() {
        closed.countDown();
        underWay.values().forEach(answer -> answer.cancel(true));
    }
}
