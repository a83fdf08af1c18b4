package org.datalabs.backend.runtime.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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
        Queue<String> waiting = new ConcurrentLinkedQueue<>(nodes);
        waiting.removeIf(this::rests);
        return CompletableFuture.allOf(IntStream.range(0, AT_ONCE)
                .mapToObj(lane -> next(waiting, reader))
                .toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> next(Queue<String> waiting, Consumer<JsonNode> reader) {
        String node = waiting.poll();
        if (node == null) {
            return CompletableFuture.completedFuture(null);
        }
        return calls.text("/api/v1/nodes/" + node + "/proxy/stats/summary?only_cpu_and_memory=true", patience)
                .thenAccept(answer -> reader.accept(read(answer)))
                .handle((nothing, failure) -> {
                    if (failure == null) {
                        restUntil.remove(node);
                    } else if (restUntil.put(node, clock.instant().plus(REST)) == null) {
                        LOG.warn("the machine {} does not tell what sessions use: {}", node, failure.toString());
                    }
                    return node;
                })
                .thenCompose(done -> next(waiting, reader));
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
