package org.datalabs.backend.session;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.datalabs.backend.http.Answer;
import org.datalabs.backend.http.ApiRequest;
import org.datalabs.backend.http.Parameter;
import org.datalabs.backend.http.Route;
import org.datalabs.backend.http.Shape;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.api.SessionChange;
import org.datalabs.core.api.TicketRequest;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.Ticket;
import org.datalabs.core.session.UsageSample;

/** The routes of sessions. */
public final class SessionRoutes {
    private static final String ONE = ApiPaths.SESSIONS + "/{session}";
    private static final int LONGEST_WAIT_SECONDS = 30;
    private static final int MOST_LINES = 5000;
    private static final int USUAL_LINES = 500;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final LaunchService launches;
    private final SessionService sessions;
    private final UsageRecorder usage;
    private final Vertx vertx;

    public SessionRoutes(LaunchService launches, SessionService sessions, UsageRecorder usage, Vertx vertx) {
        this.launches = launches;
        this.sessions = sessions;
        this.usage = usage;
        this.vertx = vertx;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(ApiPaths.SESSIONS)
                        .summary("Your running datalabs, newest first.")
                        .query(Parameter.flag("ended", "Those destroyed in the last 30 days instead."))
                        .answers(200, Shape.listOf(Session.class))
                        .by(request -> Answer.ok(sessions.list(request.user().id(), request.flag("ended")))),
                Route.post(ApiPaths.SESSIONS)
                        .summary("Launches a datalab.")
                        .header(Parameter.text(
                                ApiPaths.IDEMPOTENCY_KEY, "With the same key a launch can be repeated safely."))
                        .body(LaunchRequest.class)
                        .answers(202, Shape.of(Session.class))
                        .by(request -> Answer.accepted(launches.launch(
                                request.user().id(),
                                request.body(LaunchRequest.class),
                                request.header(ApiPaths.IDEMPOTENCY_KEY).orElse(null)))),
                Route.get(ONE)
                        .summary("A running datalab.")
                        .answers(200, Shape.of(Session.class))
                        .by(request -> Answer.ok(sessions.get(request.user().id(), id(request)))),
                Route.patch(ONE)
                        .summary("Renames, pauses, resumes or extends a running datalab.")
                        .body(SessionChange.class)
                        .answers(200, Shape.of(Session.class))
                        .by(request -> Answer.ok(
                                sessions.change(request.user().id(), id(request), request.body(SessionChange.class)))),
                Route.delete(ONE)
                        .summary("Destroys a running datalab; removes one that has failed.")
                        .answers(202, Shape.of(Session.class))
                        .answers(204)
                        .by(request -> sessions.destroy(request.user().id(), id(request))
                                .map(Answer::accepted)
                                .orElse(Answer.nothing())),
                Route.post(ONE + "/tickets")
                        .summary("A one-time admission of a browser to a running datalab.")
                        .optionalBody(TicketRequest.class)
                        .answers(201, Shape.of(Ticket.class))
                        .by(request -> Answer.created(sessions.ticket(
                                request.user().id(),
                                id(request),
                                request.optionalBody(TicketRequest.class)
                                        .map(TicketRequest::viewOnly)
                                        .orElse(false)))),
                Route.get(ONE + "/log")
                        .summary("A part of the log.")
                        .query(
                                Parameter.number("after", "Position to begin at; negative for the last lines."),
                                Parameter.number("limit", "Most lines, at most " + MOST_LINES + "."),
                                Parameter.number("wait", "Seconds to wait for a line when there is none, at most 30."))
                        .answers(200, Shape.of(LogPage.class))
                        .by(this::log),
                Route.get(ONE + "/usage")
                        .summary("What it used in the last ten minutes, oldest first.")
                        .answers(200, Shape.listOf(UsageSample.class))
                        .by(request -> Answer.ok(usage.of(
                                sessions.get(request.user().id(), id(request)).id()))));
    }

    private Answer log(ApiRequest request) {
        SessionId id = id(request);
        long after = request.number("after", 0, Long.MIN_VALUE, Long.MAX_VALUE);
        int limit = (int) request.number("limit", USUAL_LINES, 1, MOST_LINES);
        long wait = request.number("wait", 0, 0, LONGEST_WAIT_SECONDS);
        Callable<LogPage> look = () -> sessions.log(request.user().id(), id, after, limit);
        LogPage page = sessions.log(request.user().id(), id, after, limit);
        if (!page.lines().isEmpty() || wait == 0) {
            return Answer.ok(page);
        }
        CompletableFuture<Answer> later = new CompletableFuture<>();
        lookAgain(look, later, Duration.ofSeconds(wait).dividedBy(LOOK_AGAIN));
        return new Answer.Later(later);
    }

    /** Looks until there is a line; no worker is held in between. */
    private void lookAgain(Callable<LogPage> look, CompletableFuture<Answer> answer, long left) {
        vertx.setTimer(LOOK_AGAIN.toMillis(), due -> vertx.executeBlocking(look, false)
                .onComplete(
                        page -> {
                            if (page.lines().isEmpty() && left > 1) {
                                lookAgain(look, answer, left - 1);
                            } else {
                                answer.complete(Answer.ok(page));
                            }
                        },
                        answer::completeExceptionally));
    }

    private static SessionId id(ApiRequest request) {
        String value = request.path("session");
        if (!SessionId.isValid(value)) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    "There is no running datalab of this id.",
                    "Look at the list of running datalabs.");
        }
        return new SessionId(value);
    }
}
