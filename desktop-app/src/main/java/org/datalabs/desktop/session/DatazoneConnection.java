package org.datalabs.desktop.session;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javafx.application.Platform;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.session.SessionId;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.problem.Problems;
import org.datalabs.desktop.session.link.SessionConnection;
import org.datalabs.desktop.session.link.SessionGoneException;

/** Asks a datazone for a session's tickets. Thread-safe. */
record DatazoneConnection(Datazone datazone, SessionId session) implements SessionConnection {
    @Override
    public String sessionId() {
        return session.value();
    }

    @Override
    public CompletionStage<URI> ticketUrl() {
        CompletableFuture<URI> answer = new CompletableFuture<>();
        Platform.runLater(() -> {
            CompletableFuture<?> unused = datazone.ticket(session).whenComplete((address, thrown) -> {
                if (thrown == null) {
                    answer.complete(address);
                } else {
                    answer.completeExceptionally(failure(thrown));
                }
            });
        });
        return answer;
    }

    /** A session that is gone, or ended, comes back under another id only. */
    private static Throwable failure(Throwable thrown) {
        Problem problem = Problems.of(thrown);
        return switch (problem.code()) {
            case NOT_FOUND, FORBIDDEN -> new SessionGoneException(problem);
            default -> thrown;
        };
    }
}
