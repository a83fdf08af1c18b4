package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.session.SessionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes on a session's objects whose it is, after it was taken over. The pod comes last: as long as its label is the old
 * one the rest may be, and whoever asks again does it again. Thread-safe; returns at once.
 */
final class Handovers {
    private static final Logger LOG = LoggerFactory.getLogger(Handovers.class);

    private final ClusterCalls calls;
    private final Names names;
    private final PodMirror mirror;
    private final Executor workers;
    private final Set<SessionId> underWay = ConcurrentHashMap.newKeySet();

    Handovers(ClusterCalls calls, Names names, PodMirror mirror, Executor workers) {
        this.calls = calls;
        this.names = names;
        this.mirror = mirror;
        this.workers = workers;
    }

    void assign(SessionId session, UserId owner) {
        Optional<Pod> pod = mirror.pod(session);
        String label = names.owner(owner);
        boolean done = pod.map(known -> known.getMetadata().getLabels())
                .filter(labels -> !label.equals(labels.get(Names.OWNER)))
                .isEmpty();
        if (done || !underWay.add(session)) {
            return;
        }
        try {
            workers.execute(() -> write(session, label));
        } catch (RejectedExecutionException e) {
            underWay.remove(session);
            LOG.debug("the engine is closed");
        }
    }

    private void write(SessionId session, String label) {
        try {
            calls.label(names.session(session), Names.OWNER, label).ifPresent(mirror::learn);
        } catch (KubernetesClientException e) {
            LOG.warn("session {} does not bear its owner yet; will try again: {}", session, e.toString());
        } finally {
            underWay.remove(session);
        }
    }
}
