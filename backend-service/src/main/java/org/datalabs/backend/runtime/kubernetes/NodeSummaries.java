package org.datalabs.backend.runtime.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.datalabs.backend.runtime.AtOnce;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks machines for their kubelets' summaries, through the API server: some at once, each with a deadline of its own, so
 * that one that is silent is missed by nobody else. It is left alone for a minute then. Thread-safe.
 */
final class NodeSummaries {
    private static final Logger LOG = LoggerFactory.getLogger(NodeSummaries.class);
    private static final int AT_ONCE = 8;
    private static final Duration REST = Duration.ofMinutes(1);

    private final ClusterCalls calls;
    private final Clock clock;
    private final Duration patience;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Instant> restUntil = new ConcurrentHashMap<>();

    /** @param patience how long one machine may take */
    NodeSummaries(ClusterCalls calls, Clock clock, Duration patience) {
        this.calls = calls;
        this.clock = clock;
        this.patience = patience;
    }

    /** Gives {@code reader} the summary of each machine that answers, on any thread; done when all have or are late. */
    CompletableFuture<Void> ask(Collection<String> nodes, Consumer<JsonNode> reader) {
        restUntil.keySet().retainAll(nodes);
        List<String> awake = nodes.stream().filter(node -> !rests(node)).toList();
        return AtOnce.each(awake, AT_ONCE, node -> ask(node, reader));
    }

    private CompletableFuture<Void> ask(String node, Consumer<JsonNode> reader) {
        return calls.text("/api/v1/nodes/" + node + "/proxy/stats/summary?only_cpu_and_memory=true", patience)
                .thenAccept(answer -> reader.accept(read(answer)))
                .whenComplete((nothing, failure) -> {
                    if (failure == null) {
                        restUntil.remove(node);
                    } else if (restUntil.put(node, clock.instant().plus(REST)) == null) {
                        LOG.warn("the machine {} does not tell what sessions use: {}", node, failure.toString());
                    }
                });
    }

    private boolean rests(String node) {
        Instant until = restUntil.get(node);
        return until != null && clock.instant().isBefore(until);
    }

    private JsonNode read(String answer) {
        try {
            return json.readTree(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the summary is no JSON", e);
        }
    }
}
