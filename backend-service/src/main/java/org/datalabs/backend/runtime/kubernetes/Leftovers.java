package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.datalabs.core.session.SessionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets without their pod, with all that hangs on them: left by a service that was killed between two requests, or by
 * a pod that somebody else deleted. Without its pod nothing of a session is worth keeping, whether or not the session is
 * still wanted, so they are deleted here after a while. Thread-safe; {@link #sweep} asks the API server.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    /** A start takes a second from its secret to its pod; one that was held up is waited for. */
    private static final Duration AGE = Duration.ofSeconds(60);

    private final ClusterCalls calls;
    private final Names names;
    private final PodMirror mirror;
    private final Predicate<SessionId> isUnderWay;
    private final Clock clock;
    private volatile Map<SessionId, ObjectMeta> known = Map.of();

    Leftovers(ClusterCalls calls, Names names, PodMirror mirror, Predicate<SessionId> isUnderWay, Clock clock) {
        this.calls = calls;
        this.names = names;
        this.mirror = mirror;
        this.isUnderWay = isUnderWay;
        this.clock = clock;
    }

    /** Sessions of which something was left when last looked. */
    Collection<SessionId> sessions() {
        return known.keySet();
    }

    /** Looks for them, and deletes those that are old enough. */
    void sweep() {
        Map<SessionId, ObjectMeta> found = new TreeMap<>();
        for (PartialObjectMetadata secret : calls.secrets(names.zone(Names.ROLE_SESSION))) {
            Optional<SessionId> session = Names.session(secret);
            session.filter(id -> mirror.pod(id).isEmpty() && !isUnderWay.test(id))
                    .ifPresent(id -> found.put(id, secret.getMetadata()));
        }
        known = found;
        found.forEach(this::settle);
    }

    private void settle(SessionId id, ObjectMeta secret) {
        Instant made = PodEvent.parsed(secret.getCreationTimestamp(), clock.instant());
        if (clock.instant().isBefore(made.plus(AGE))) {
            return;
        }
        try {
            if (calls.pod(secret.getName()).isEmpty()) {
                LOG.info("session {} has no pod; what was left of it is deleted", id);
                calls.delete("secrets", secret.getName(), secret.getUid(), null);
            }
        } catch (KubernetesClientException e) {
            LOG.debug("what was left of session {} could not be deleted; will try again", id, e);
        }
    }
}
