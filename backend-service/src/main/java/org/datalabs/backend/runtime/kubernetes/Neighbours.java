package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.datalabs.core.catalogue.Resources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all other pods of the cluster have set aside on its machines, where the service may list them; asked for while
 * somebody wants to know, every ten seconds. Thread-safe; answers from memory.
 */
final class Neighbours {
    private static final Logger LOG = LoggerFactory.getLogger(Neighbours.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);

    private final ClusterCalls calls;
    private final String others;
    private final Clock clock;
    private final Executor workers;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Instant next = Instant.MIN;
    private volatile Map<String, Resources> taken = Map.of();

    Neighbours(ClusterCalls calls, String zone, Clock clock, Executor workers) {
        this.calls = calls;
        this.others = Names.ZONE + "!=" + zone;
        this.clock = clock;
        this.workers = workers;
    }

    /** By machine. */
    Map<String, Resources> taken() {
        if (!clock.instant().isBefore(next) && busy.compareAndSet(false, true)) {
            next = clock.instant().plus(EVERY);
            try {
                workers.execute(this::ask);
            } catch (RejectedExecutionException e) {
                LOG.debug("the engine is closed");
            }
        }
        return taken;
    }

    private void ask() {
        try {
            taken = CapacityReading.taken(calls.activePods(others));
        } catch (KubernetesClientException e) {
            LOG.info("forecasts count sessions only, since other pods cannot be listed: {}", e.toString());
            next = clock.instant().plus(LOOK_AGAIN);
        } finally {
            busy.set(false);
        }
    }
}
