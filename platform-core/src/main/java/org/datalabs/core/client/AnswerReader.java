package org.datalabs.core.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.datalabs.core.api.Json;
import org.datalabs.core.api.ProblemDocument;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Understands what came back from a datazone, or from whatever answered in its place. Thread-safe. */
final class AnswerReader {
    private static final String CHECK_ADDRESS =
            "Check the datazone's address, and whether a proxy or a sign-in page stands between.";

    private final String datazone;
    private final ObjectMapper mapper = Json.lenient();

    /** @param datazone how to name the datazone to the user */
    AnswerReader(String datazone) {
        this.datazone = datazone;
    }

    /**
     * The value in a successful answer.
     *
     * @throws ProblemException when it holds anything else
     */
    <T> T read(Answer answer, TypeReference<T> type) {
        if (!answer.isSuccess() || !answer.isJson()) {
            throw new ProblemException(strange(answer));
        }
        try {
            T value = mapper.readValue(answer.body(), type);
            if (value != null) {
                WholeValues.check(value);
                return value;
            }
        } catch (IOException | WholeValues.MissingException unreadable) {
            throw new ProblemException(unreadable(), unreadable);
        }
        throw new ProblemException(unreadable());
    }

    /** What an answer of status 400 or more says. */
    Problem problem(Answer answer) {
        return document(answer)
                .flatMap(ProblemDocument::toProblem)
                .orElseGet(() -> answer.status() == 401
                        ? Problem.of(
                                ProblemCode.NOT_SIGNED_IN, datazone + " asks for a sign-in.", "Check the access token.")
                        : strange(answer));
    }

    /** Whether a refusal comes from something in between, or from a start, and may be gone a moment later. */
    boolean isPassing(Answer answer) {
        if (answer.status() < 502 || answer.status() > 504) {
            return false;
        }
        return document(answer)
                .flatMap(ProblemDocument::toProblem)
                .map(problem -> problem.code() == ProblemCode.UNREACHABLE)
                .orElse(true);
    }

    /** Why there is no answer. */
    Problem problem(Throwable failure) {
        if (failure instanceof BoundedBody.TooLongException) {
            return Problem.of(
                    ProblemCode.INTERNAL,
                    datazone + " sent an answer that is far too long to be right.",
                    CHECK_ADDRESS);
        }
        return Problem.of(
                ProblemCode.UNREACHABLE,
                reason(failure),
                "Check that the datazone runs and that this computer can reach it.");
    }

    private String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpConnectTimeoutException) {
                return datazone + " cannot be reached: nothing answers there.";
            }
            if (cause instanceof HttpTimeoutException) {
                return datazone + " did not answer in time.";
            }
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return "The name of " + datazone + " is not known to the network.";
            }
            if (cause instanceof SSLException) {
                return "No safe connection to " + datazone + " can be made: its certificate is not trusted.";
            }
        }
        return failure instanceof ConnectException
                ? datazone + " cannot be reached: the connection was refused."
                : "The connection to " + datazone + " broke off.";
    }

    private Optional<ProblemDocument> document(Answer answer) {
        if (!answer.isJson()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(mapper.readValue(answer.body(), ProblemDocument.class));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** For an answer that no datazone gives. */
    Problem strange(Answer answer) {
        String what = answer.mediaType().contains("html") ? "with a web page" : kind(answer.mediaType());
        return Problem.of(
                ProblemCode.UNREACHABLE,
                datazone + " answered " + what + " (status " + answer.status() + "), not as a datazone does.",
                CHECK_ADDRESS);
    }

    private static String kind(@Nullable String mediaType) {
        return mediaType == null || !mediaType.matches("[a-z0-9.+/-]{1,60}") ? "without data" : "with " + mediaType;
    }

    private Problem unreadable() {
        return Problem.of(
                ProblemCode.INTERNAL,
                "The answer of " + datazone + " is incomplete or cannot be understood.",
                "Try again. If it stays, the datazone and this program are of versions that do not fit together.");
    }
}
