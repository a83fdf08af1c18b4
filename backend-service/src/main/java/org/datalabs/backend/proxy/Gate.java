package org.datalabs.backend.proxy;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.datalabs.backend.session.SessionDirectory;
import org.datalabs.backend.session.SessionOrigins;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.SessionId;
import org.jspecify.annotations.Nullable;

/** Decides, for every request, who sends it and whether the session is theirs. Never blocks an event loop. */
final class Gate {
    private static final String TICKET = "ticket=";

    private final SessionDirectory sessions;
    private final AdmissionService admissions;
    private final ApiUsers apiUsers;
    private final SessionOrigins origins;
    private final WorkerExecutor workers;

    Gate(
            SessionDirectory sessions,
            AdmissionService admissions,
            ApiUsers apiUsers,
            SessionOrigins origins,
            WorkerExecutor workers) {
        this.origins = origins;
        this.sessions = sessions;
        this.admissions = admissions;
        this.apiUsers = apiUsers;
        this.workers = workers;
    }

    /** What becomes of a request that may go on. */
    sealed interface Passage {}

    /**
     * To the session.
     *
     * @param path its path, without a ticket
     * @param viewOnly whether to look at a desktop and not to act in it
     * @param authorization the client's own Authorization when it is not the platform's, else null
     */
    record Through(
            SessionDirectory.Entry entry,
            DataPlanePath.Good path,
            boolean viewOnly,
            @Nullable String authorization) implements Passage {
        @Override
        public String toString() {
            return "Through[" + path.session() + "]";
        }
    }

    /** To the same address without its ticket, with a cookie if {@code entry} is there. */
    record Redirect(DataPlanePath.Good path, Optional<AdmissionService.Entry> entry) implements Passage {}

    /** Fails with a {@link ProblemException} when the request may not go on. */
    Future<Passage> pass(HttpServerRequest request, DataPlanePath.Good path) {
        SessionId session = path.session();
        List<String> tickets = new ArrayList<>();
        DataPlanePath.Good bare = path.withQuery(withoutTickets(path.query(), tickets));
        return byCookie(session, SessionCookies.secrets(request.headers().getAll(HttpHeaders.COOKIE), session, origins))
                .compose(admitted -> {
                    Optional<SessionDirectory.Entry> entry = admitted.flatMap(each -> owned(session, each.user()));
                    if (entry.isPresent()) {
                        check(request, session, false);
                        boolean page = !tickets.isEmpty() && !Headers.isWebSocketUpgrade(request);
                        return Future.succeededFuture(
                                page
                                        ? new Redirect(bare, Optional.empty())
                                        : new Through(
                                                entry.get(),
                                                bare,
                                                admitted.get().viewOnly(),
                                                foreignAuthorization(request)));
                    }
                    return tickets.isEmpty() ? byToken(request, bare) : byTicket(request, bare, tickets.get(0));
                });
    }

    private Future<Passage> byToken(HttpServerRequest request, DataPlanePath.Good path) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return Future.failedFuture(notFound());
        }
        Optional<UserId> user = apiUsers.user(authorization);
        if (user.isEmpty()) {
            return Future.failedFuture(new ProblemException(
                    ProblemCode.NOT_SIGNED_IN, "The datazone does not know these credentials.", "Sign in again."));
        }
        return owned(path.session(), user.get())
                .<Future<Passage>>map(entry -> {
                    check(request, path.session(), true);
                    return Future.succeededFuture(new Through(entry, path, false, null));
                })
                .orElseGet(() -> Future.failedFuture(notFound()));
    }

    private Future<Passage> byTicket(HttpServerRequest request, DataPlanePath.Good path, String ticket) {
        SessionId session = path.session();
        if (Headers.isWebSocketUpgrade(request)) {
            check(request, session, true);
            return onWorker(() -> admissions.redeem(session, ticket)).map(admitted -> admitted.flatMap(each -> owned(
                                    session, each.user())
                            .map(entry -> new Through(entry, path, each.viewOnly(), foreignAuthorization(request))))
                    .orElseThrow(Gate::ticketInvalid));
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return Future.failedFuture(ticketInvalid());
        }
        return onWorker(() -> admissions.enter(session, ticket)).map(entry -> {
            if (entry.isEmpty()) {
                throw ticketInvalid();
            }
            return new Redirect(path, entry);
        });
    }

    private Future<Optional<AdmissionService.Admitted>> byCookie(SessionId session, List<String> secrets) {
        if (secrets.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        for (String secret : secrets) {
            Optional<AdmissionService.Admitted> admitted = admissions.recall(session, secret);
            if (admitted.isPresent()) {
                return Future.succeededFuture(admitted);
            }
        }
        return onWorker(() -> secrets.stream()
                .flatMap(secret -> admissions.check(session, secret).stream())
                .findFirst());
    }

    private <T> Future<T> onWorker(Callable<T> work) {
        return workers.executeBlocking(work, false);
    }

    private Optional<SessionDirectory.Entry> owned(SessionId session, UserId user) {
        return sessions.find(session).filter(entry -> entry.session().owner().equals(user));
    }

    private void check(HttpServerRequest request, SessionId session, boolean bearer) {
        OriginRule.Source source = new OriginRule.Source(
                request.method(),
                Headers.isWebSocketUpgrade(request),
                bearer,
                request.getHeader(HttpHeaders.ORIGIN),
                request.getHeader("Sec-Fetch-Site"),
                request.getHeader("Sec-Fetch-Mode"));
        Set<String> own = origins.origin(session).map(Set::of).orElseGet(() -> Headers.ownOrigins(request));
        if (!OriginRule.allows(source, own)) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN,
                    "Another site's page sent this request.",
                    "Open the datalab from the app and work there.");
        }
    }

    private @Nullable String foreignAuthorization(HttpServerRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization == null || apiUsers.user(authorization).isPresent() ? null : authorization;
    }

    private static String withoutTickets(String query, List<String> tickets) {
        if (!query.contains(TICKET + Secrets.TICKET_PREFIX)) {
            return query;
        }
        List<String> kept = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            boolean ticket = parameter.startsWith(TICKET) && Secrets.isTicket(parameter.substring(TICKET.length()));
            (ticket ? tickets : kept).add(ticket ? parameter.substring(TICKET.length()) : parameter);
        }
        return String.join("&", kept);
    }

    static ProblemException notFound() {
        return new ProblemException(
                ProblemCode.NOT_FOUND,
                "There is no such datalab, or you are not let in to it here.",
                "Open the datalab from the app; it makes a new link.");
    }

    private static ProblemException ticketInvalid() {
        return new ProblemException(
                ProblemCode.TICKET_INVALID,
                "This link was used before or is older than half a minute.",
                "Open the datalab from the app; it makes a new link.");
    }
}
