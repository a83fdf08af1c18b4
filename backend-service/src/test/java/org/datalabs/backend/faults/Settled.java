package org.datalabs.backend.faults;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;

/**
 * What must hold of an installation some time after a fault: sessions that are listed, that are alive and that hold quota
 * are the same; the cluster holds nothing else of ours but homes; and a client of the events has missed nothing and heard
 * nothing twice.
 */
final class Settled {
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String SESSION = "datalabs.org/session";
    private static final String ROLE = "datalabs.org/role";

    private final Installation installation;
    private final News news;
    private final Duration patience;
    private final HttpClient http = HttpClient.newHttpClient();

    Settled(Installation installation, News news) {
        this(installation, news, PATIENCE);
    }

    Settled(Installation installation, News news, Duration patience) {
        this.installation = installation;
        this.news = news;
        this.patience = patience;
    }

    /** Waits until it holds; fails with all that does not after a while. */
    void check() {
        long end = System.nanoTime() + patience.toNanos();
        List<String> complaints = complaints();
        while (!complaints.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not settled after " + patience + ":\n- " + String.join("\n- ", complaints));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            complaints = complaints();
        }
    }

    private List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        try {
            List<Session> sessions = sessions(complaints);
            Set<String> ready = of(sessions, SessionState.Ready.class);
            sessions.stream()
                    .filter(session -> !isAtRest(session.state()))
                    .forEach(session -> complaints.add(session.id() + " is still " + session.state()));
            quota(sessions, complaints);
            pods(ready, complaints);
            objects(sessions, ready, complaints);
            events(sessions, complaints);
            if (complaints.isEmpty()) {
                answers(ready, complaints);
            }
        } catch (ProblemException e) {
            complaints.add("the service says: " + e.getMessage());
        } catch (SQLException | IOException e) {
            complaints.add(e.toString());
        }
        return complaints;
    }

    /** What all replicas list. */
    private List<Session> sessions(List<String> complaints) {
        List<Session> listed = null;
        for (ServiceProcess replica : installation.replicas()) {
            try (DatazoneClient client = replica.client(Installation.TOKEN)) {
                List<Session> here = client.sessions();
                if (listed != null && !listed.equals(here)) {
                    complaints.add("replicas list different sessions: " + listed + " and " + here);
                }
                listed = here;
            }
        }
        return listed == null ? List.of() : listed;
    }

    private static boolean isAtRest(SessionState state) {
        return state instanceof SessionState.Ready
                || state instanceof SessionState.Paused
                || state instanceof SessionState.Failed;
    }

    private void quota(List<Session> sessions, List<String> complaints) {
        List<Session> holding = sessions.stream()
                .filter(session -> session.state().holdsQuota())
                .toList();
        Resources sum = holding.stream().map(Session::resources).reduce(Resources.NONE, Resources::plus);
        for (ServiceProcess replica : installation.replicas()) {
            try (DatazoneClient client = replica.client(Installation.TOKEN)) {
                QuotaUse use = client.me().quota();
                if (use.sessions() != holding.size() || !use.used().equals(sum)) {
                    complaints.add("the quota counts " + use.sessions() + " sessions with " + use.used() + ", but "
                            + holding.size() + " hold " + sum);
                }
                if (news.quota().filter(told -> !told.equals(use)).isPresent()) {
                    complaints.add("events told of the quota " + news.quota() + ", but it is " + use);
                }
            }
        }
    }

    private void pods(Set<String> ready, List<String> complaints) {
        List<Pod> pods = installation
                .kubernetes()
                .pods()
                .inNamespace(installation.namespace())
                .list()
                .getItems();
        Set<String> alive = pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null
                        && "Running".equals(pod.getStatus().getPhase()))
                .map(Settled::session)
                .collect(Collectors.toSet());
        if (!alive.equals(ready)) {
            complaints.add("alive are " + alive + ", but ready are " + ready);
        }
        if (pods.size() != ready.size()) {
            complaints.add("there are pods " + names(pods) + " of ready sessions " + ready);
        }
    }

    /** What a session that runs has, and nothing that none has. */
    private void objects(List<Session> sessions, Set<String> ready, List<String> complaints) {
        var kubernetes = installation.kubernetes();
        String namespace = installation.namespace();
        List<HasMetadata> ours = Stream.<Collection<? extends HasMetadata>>of(
                        kubernetes.secrets().inNamespace(namespace).list().getItems(),
                        kubernetes.services().inNamespace(namespace).list().getItems(),
                        kubernetes
                                .network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                .flatMap(Collection::stream)
                .filter(object -> object.getMetadata().getLabels() != null
                        && object.getMetadata().getLabels().containsKey(ROLE))
                .collect(Collectors.toList());
        // What is left of a log belongs to a session that does not run, until it is forgotten.
        Set<String> remembered =
                sessions.stream().map(session -> session.id().value()).collect(Collectors.toCollection(HashSet::new));
        try (DatazoneClient client = installation.replicas().get(0).client(Installation.TOKEN)) {
            client.endedSessions()
                    .forEach(session -> remembered.add(session.id().value()));
        }
        Map<String, Integer> count = new HashMap<>();
        for (HasMetadata object : ours) {
            boolean log = "log".equals(object.getMetadata().getLabels().get(ROLE));
            String session = session(object);
            if (!(log ? remembered : ready).contains(session)) {
                complaints.add(object.getKind() + " " + object.getMetadata().getName() + " belongs to no session");
            }
            if (!log) {
                count.merge(session, 1, Integer::sum);
            }
        }
        ready.forEach(session -> {
            if (count.getOrDefault(session, 0) != 3) {
                complaints.add(session + " has not just a secret, a service and a network policy");
            }
        });
        List<String> claims =
                names(kubernetes
                                .persistentVolumeClaims()
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                        .stream()
                        .filter(name -> !name.startsWith("home-"))
                        .toList();
        if (!claims.isEmpty()) {
            complaints.add("claims that are no homes: " + claims);
        }
    }

    private void events(List<Session> sessions, List<String> complaints) throws SQLException {
        long begin = news.begin();
        List<Long> written = begin < 0 ? List.of() : written(begin);
        List<News.Kept> kept = news.kept();
        List<Long> heard = kept.stream().map(News.Kept::number).toList();
        if (begin < 0 || !heard.equals(written)) {
            Set<Long> missed = new TreeSet<>(written);
            heard.forEach(missed::remove);
            complaints.add("heard " + heard.size() + " of " + written.size() + " events, not " + missed);
            return;
        }
        kept.stream()
                .filter(event -> event.event() instanceof DatazoneEvent.Resync)
                .forEach(event -> complaints.add("was told at " + event.number() + " to read everything anew"));
        Map<SessionId, Session> told = new HashMap<>(news.sessions());
        told.values().removeIf(session -> session.state() instanceof SessionState.Stopped);
        Map<SessionId, Session> listed = sessions.stream().collect(Collectors.toMap(Session::id, session -> session));
        if (!told.equals(listed)) {
            complaints.add("events tell of " + told.values() + ", but listed are " + listed.values());
        }
        revisions(kept, complaints);
    }

    /** Every change raises a session's revision by one. */
    private static void revisions(List<News.Kept> kept, List<String> complaints) {
        Map<SessionId, Long> revisions = new HashMap<>();
        for (News.Kept event : kept) {
            if (event.event() instanceof DatazoneEvent.SessionChanged changed) {
                Session session = changed.session();
                Long before = revisions.put(session.id(), session.revision());
                if (before != null && session.revision() != before && session.revision() != before + 1) {
                    complaints.add(session.id() + " went from revision " + before + " to " + session.revision());
                }
            }
        }
    }

    /** Numbers of the user's events after {@code begin}, as the database has them. */
    private List<Long> written(long begin) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(
                        installation.database().url(), installation.database().user(), "");
                PreparedStatement query = connection.prepareStatement("select number from events where number > ?"
                        + " and (owner is null or owner = ?) order by number")) {
            query.setLong(1, begin);
            query.setString(2, Installation.USER);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
        }
        return numbers;
    }

    /** A ready session answers through every replica's data plane. */
    private void answers(Set<String> ready, List<String> complaints) throws IOException {
        for (String session : ready) {
            for (ServiceProcess replica : installation.replicas()) {
                HttpRequest request = HttpRequest.newBuilder(
                                replica.address().resolve(ApiPaths.dataPlane(new SessionId(session)) + "hello"))
                        .timeout(Duration.ofSeconds(10))
                        .header("Authorization", "Bearer " + Installation.TOKEN)
                        .build();
                try {
                    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                    if (!answer.body().contains(session)) {
                        complaints.add(session + " answers " + answer.statusCode() + " " + answer.body());
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static Set<String> of(List<Session> sessions, Class<? extends SessionState> state) {
        return sessions.stream()
                .filter(session -> state.isInstance(session.state()))
                .map(session -> session.id().value())
                .collect(Collectors.toSet());
    }

    /** Id of the session of an object; empty when it has none. */
    private static String session(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(SESSION, "");
    }

    private static List<String> names(List<? extends HasMetadata> objects) {
        return objects.stream().map(object -> object.getMetadata().getName()).toList();
    }
}
