package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Set;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;

/** What an error of the API server means for a start. Pure. */
enum Refusal {
    /** It may go through in a moment. */
    RETRY,
    /** The namespace may hold no more for now. */
    FULL,
    /** It will never go through as it is. */
    FINAL;

    static final String FULL_REASON = "The datazone runs as many datalabs as its cluster grants it.";
    static final String FULL_REMEDY = "It starts by itself when another one ends.";

    private static final int UNPROCESSABLE = 422;
    private static final Set<Integer> FINAL_CODES = Set.of(
            HttpURLConnection.HTTP_BAD_REQUEST,
            HttpURLConnection.HTTP_FORBIDDEN,
            HttpURLConnection.HTTP_NOT_FOUND,
            HttpURLConnection.HTTP_BAD_METHOD,
            HttpURLConnection.HTTP_ENTITY_TOO_LARGE,
            UNPROCESSABLE);

    static Refusal of(Throwable failure) {
        if (!(failure instanceof KubernetesClientException error)) {
            return FINAL;
        }
        String message = String.valueOf(error.getMessage());
        if (message.contains("exceeded quota")) {
            return FULL;
        }
        return FINAL_CODES.contains(error.getCode()) ? FINAL : RETRY;
    }

    static Problem problem(Throwable failure) {
        String message = failure instanceof KubernetesClientException error && error.getStatus() != null
                ? error.getStatus().getMessage()
                : failure.getMessage();
        return Problem.of(
                ProblemCode.START_FAILED,
                "The cluster refused it: " + Words.sentence(message == null ? "no reason was given" : message),
                "Tell the operators of the datazone.");
    }
}
