package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.LogPage.Line;
import org.datalabs.core.session.SessionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs of sessions. While a pod exists its machine has its output; before a pod is deleted the end of it is kept in a
 * secret beside, which any replica can read and which outlives the session until it is forgotten. What a program says
 * while it is being ended is not kept.
 *
 * <p>A position is a time in microseconds since 1970. Thread-safe; all but {@link #position} ask the API server and
 * block.
 */
final class SessionLogs {
    static final int MOST_LINES = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(SessionLogs.class);
    private static final int MOST_BYTES = 2_000_000;
    private static final int KEPT_LINES = 1_000;
    private static final String HIDDEN = "***";
    /** Notes of the cluster that tell the owner something. */
    private static final Set<String> TOLD = Set.of(
            PodEvent.NOTE,
            "Pulling",
            "Pulled",
            "Failed",
            "FailedMount",
            "FailedAttachVolume",
            "FailedScheduling",
            "Evicted",
            "Preempted");

    private final ClusterCalls calls;
    private final SessionObjects objects;
    private final Names names;
    private final PodMirror mirror;
    private final Clock clock;
    /** Tokens, so that none is shown. */
    private final Map<SessionId, String> tokens = new ConcurrentHashMap<>();

    SessionLogs(ClusterCalls calls, SessionObjects objects, Names names, PodMirror mirror, Clock clock) {
        this.calls = calls;
        this.objects = objects;
        this.names = names;
        this.mirror = mirror;
        this.clock = clock;
    }

    static long position(Line line) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, line.at());
    }

    /** See {@link org.datalabs.backend.runtime.SessionRuntime#log}. */
    LogPage page(SessionId id, long after, int limit) {
        int most = Math.max(1, Math.min(limit, MOST_LINES));
        List<Line> lines = new ArrayList<>(kept(id));
        Optional<Pod> pod = mirror.pod(id);
        pod.ifPresent(known -> lines.addAll(current(id, known, after, most)));
        lines.sort(Comparator.comparingLong(SessionLogs::position));
        return after < 0 ? last(lines, most) : from(lines, after, most);
    }

    /** Keeps the end of a pod's log for when the pod is gone. */
    void keep(SessionId id, Pod pod) {
        try {
            List<Line> lines = new ArrayList<>(kept(id));
            lines.addAll(current(id, pod, -1, KEPT_LINES));
            if (!lines.isEmpty()) {
                lines.sort(Comparator.comparingLong(SessionLogs::position));
                List<Line> end = lines.subList(Math.max(0, lines.size() - KEPT_LINES), lines.size());
                calls.put(objects.log(id, KeptLog.pack(end)));
            }
        } catch (KubernetesClientException e) {
            LOG.warn("the end of the log of session {} could not be kept: {}", id, e.toString());
        }
    }

    /** Adds a line of the platform's own, as a note about the pod; lost when there is none. */
    void note(SessionId id, String text) {
        Optional<Pod> pod = mirror.pod(id);
        if (pod.isPresent()) {
            calls.ensure(objects.note(pod.get(), text, clock.instant()));
        }
    }

    /** Sessions of which the end of the log is kept. */
    Collection<SessionId> kept() {
        return calls.secrets(names.zone(Names.ROLE_LOG)).stream()
                .flatMap(secret -> Names.session(secret).stream())
                .toList();
    }

    void forget(SessionId id) {
        tokens.remove(id);
        calls.deleteSecret(names.log(id));
    }

    /** Lines of the pod and of the notes about it. */
    private List<Line> current(SessionId id, Pod pod, long after, int limit) {
        List<Line> lines = new ArrayList<>();
        for (PodEvent event : mirror.events(pod)) {
            if (TOLD.contains(event.reason())) {
                lines.add(new Line(event.at(), "start", KeptLog.clean(event.message())));
            }
        }
        if (Milestones.state(pod)
                .filter(state -> state.getRunning() != null || state.getTerminated() != null)
                .isPresent()) {
            String token = token(id);
            String output = output(pod, after, limit);
            for (Line line : PodOutput.lines(output)) {
                String text = token.isEmpty() ? line.text() : line.text().replace(token, HIDDEN);
                lines.add(new Line(line.at(), line.source(), text));
            }
        }
        return lines;
    }

    private String output(Pod pod, long after, int limit) {
        try {
            return calls.text(PodOutput.path(pod, after, limit, MOST_BYTES)).orElse("");
        } catch (KubernetesClientException e) {
            // Its container is being made or its machine is lost: there is nothing to read.
            if (e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST
                    || e.getCode() == HttpURLConnection.HTTP_INTERNAL_ERROR
                    || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                LOG.debug("the log of pod {} cannot be read", pod.getMetadata().getName(), e);
                return "";
            }
            throw e;
        }
    }

    private List<Line> kept(SessionId id) {
        return calls.secret(names.log(id)).map(KeptLog::unpack).orElseGet(List::of);
    }

    private String token(SessionId id) {
        String known = tokens.get(id);
        if (known != null) {
            return known;
        }
        String token = calls.secret(names.session(id))
                .map(Secret::getData)
                .map(data -> data.get(SessionPod.TOKEN_KEY))
                .map(KeptLog::decode)
                .orElse("");
        if (!token.isEmpty()) {
            tokens.put(id, token);
        }
        return token;
    }

    private static LogPage last(List<Line> lines, int limit) {
        List<Line> end = lines.subList(Math.max(0, lines.size() - limit), lines.size());
        return new LogPage(List.copyOf(end), end.isEmpty() ? 0 : position(end.get(end.size() - 1)) + 1);
    }

    /** Lines of one microsecond stay together, since a position cannot tell them apart. */
    private static LogPage from(List<Line> lines, long after, int limit) {
        List<Line> page = new ArrayList<>();
        for (Line line : lines) {
            boolean full = page.size() >= limit && position(page.get(page.size() - 1)) != position(line);
            if (full) {
                break;
            }
            if (position(line) >= after) {
                page.add(line);
            }
        }
        return new LogPage(page, page.isEmpty() ? after : position(page.get(page.size() - 1)) + 1);
    }
}
