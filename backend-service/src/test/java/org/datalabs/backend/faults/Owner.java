package org.datalabs.backend.faults;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.datalabs.backend.server.Until;
import org.datalabs.core.api.SessionChange;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;

/** A user who asks until there is an answer, whatever is away meanwhile. Thread-safe. */
final class Owner {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Set<ProblemCode> AWAY = Set.of(ProblemCode.UNREACHABLE, ProblemCode.STORE_UNREACHABLE);

    private final DatazoneClient client;

    Owner(DatazoneClient client) {
        this.client = client;
    }

    DatazoneClient client() {
        return client;
    }

    SessionId launch() {
        return launch(Installation.PROBE);
    }

    SessionId launch(LaunchRequest request) {
        String key = UUID.randomUUID().toString();
        return persistently(() -> client.launch(request, key)).id();
    }

    SessionId pause(SessionId session) {
        return want(session, Desired.PAUSED);
    }

    SessionId resume(SessionId session) {
        return want(session, Desired.RUNNING);
    }

    private SessionId want(SessionId session, Desired desired) {
        return persistently(() -> client.change(session, new SessionChange(null, desired, null, null)))
                .id();
    }

    SessionId destroy(SessionId session) {
        return persistently(() -> {
            client.destroy(session);
            return session;
        });
    }

    void destroyAll() {
        states().keySet().forEach(this::destroy);
    }

    /** Every listed session's kind of state. */
    Map<SessionId, Class<?>> states() {
        return persistently(client::sessions).stream().collect(Collectors.toMap(Session::id, session -> session.state()
                .getClass()));
    }

    Session await(SessionId session, Class<? extends SessionState> state) {
        return await(SOON, session, state);
    }

    Session await(Duration patience, SessionId session, Class<? extends SessionState> state) {
        return Until.present(patience, () -> Optional.of(persistently(() -> client.session(session)))
                .filter(now -> state.isInstance(now.state())));
    }

    private static <T> T persistently(Supplier<T> ask) {
        return Until.present(SOON, () -> {
            try {
                return Optional.of(ask.get());
            } catch (ProblemException e) {
                if (AWAY.contains(e.problem().code())) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }
}
