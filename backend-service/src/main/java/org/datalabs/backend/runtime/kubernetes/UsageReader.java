package org.datalabs.backend.runtime.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.UsageSample;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What sessions use: from the cluster's metrics service (metrics.k8s.io) where there is one, else from each machine's
 * own summary, through the API server. Both measure every ten to sixty seconds and so are asked that often, and only
 * while somebody wants to know. Memory is the working set, which is what the limit counts. Thread-safe.
 */
final class UsageReader {
    private static final Logger LOG = LoggerFactory.getLogger(UsageReader.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

    private final ClusterCalls calls;
    private final PodMirror mirror;
    private final String metricsPath;
    private final Clock clock;
    private final Executor workers;
    private final ObjectMapper json = new ObjectMapper();
    private final NodeSummaries summaries;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Map<SessionId, UsageSample> news = new ConcurrentHashMap<>();
    private final Map<SessionId, Instant> told = new ConcurrentHashMap<>();
    private volatile Instant next = Instant.MIN;
    private Instant metricsAgain = Instant.MIN;

    UsageReader(ClusterCalls calls, PodMirror mirror, String namespace, Names names, Clock clock, Executor workers) {
        this.calls = calls;
        this.mirror = mirror;
        this.metricsPath = metricsPath(namespace, names);
        this.clock = clock;
        this.workers = workers;
        this.summaries = new NodeSummaries(calls, clock, PATIENCE);
    }

    /** What was measured since the last call. */
    List<UsageSample> news() {
        if (!clock.instant().isBefore(next) && busy.compareAndSet(false, true)) {
            next = clock.instant().plus(EVERY);
            try {
                workers.execute(this::ask);
            } catch (RejectedExecutionException e) {
                LOG.debug("the engine is closed");
            }
        }
        List<UsageSample> samples = new ArrayList<>();
        for (SessionId session : Set.copyOf(news.keySet())) {
            UsageSample sample = news.remove(session);
            if (sample != null) {
                samples.add(sample);
            }
        }
        return samples;
    }

    private void ask() {
        CompletableFuture<Void> asked = CompletableFuture.completedFuture(null);
        try {
            told.keySet().retainAll(new TreeSet<>(mirror.sessions()));
            if (!fromMetrics()) {
                asked = fromSummaries();
            }
        } catch (KubernetesClientException | JsonProcessingException e) {
            LOG.warn("use could not be read; will try again later: {}", e.toString());
            next = clock.instant().plus(LOOK_AGAIN);
        } finally {
            var unused = asked.whenComplete((nothing, failure) -> busy.set(false));
        }
    }

    /** Whether there is a metrics service. */
    private boolean fromMetrics() throws JsonProcessingException {
        if (clock.instant().isBefore(metricsAgain)) {
            return false;
        }
        Optional<String> answer;
        try {
            answer = calls.text(metricsPath);
        } catch (KubernetesClientException e) {
            LOG.debug("the metrics service does not answer", e);
            answer = Optional.empty();
        }
        if (answer.isEmpty()) {
            metricsAgain = clock.instant().plus(LOOK_AGAIN);
            return false;
        }
        metrics(json.readTree(answer.get())).forEach(this::tell);
        return true;
    }

    private CompletableFuture<Void> fromSummaries() {
        Map<String, SessionId> byPod = new HashMap<>();
        Set<String> nodes = new TreeSet<>();
        for (Pod pod : mirror.pods()) {
            String node = pod.getSpec().getNodeName();
            Optional<SessionId> session = Names.session(pod);
            boolean runs = Milestones.state(pod)
                    .filter(state -> state.getRunning() != null)
                    .isPresent();
            if (node != null && session.isPresent() && runs) {
                byPod.put(pod.getMetadata().getUid(), session.get());
                nodes.add(node);
            }
        }
        return summaries.ask(nodes, summary -> summary(summary, byPod).forEach(this::tell));
    }

    private void tell(UsageSample sample) {
        Instant before = told.put(sample.session(), sample.at());
        if (before == null || before.isBefore(sample.at())) {
            news.put(sample.session(), sample);
        }
    }

    /** Reads a list of the kind PodMetrics. */
    static List<UsageSample> metrics(JsonNode list) {
        List<UsageSample> samples = new ArrayList<>();
        for (JsonNode item : list.path("items")) {
            String session =
                    item.path("metadata").path("labels").path(Names.SESSION).asText();
            BigDecimal cpu = BigDecimal.ZERO;
            BigDecimal memory = BigDecimal.ZERO;
            for (JsonNode container : item.path("containers")) {
                cpu = cpu.add(amount(container.path("usage").path("cpu")));
                memory = memory.add(amount(container.path("usage").path("memory")));
            }
            Instant at = PodEvent.parsed(item.path("timestamp").asText(), Instant.EPOCH);
            if (SessionId.isValid(session)) {
                samples.add(new UsageSample(
                        new SessionId(session), at, cpu.movePointRight(3).intValue(), memory.longValue()));
            }
        }
        return samples;
    }

    /** Reads the summary of a machine's kubelet. */
    static List<UsageSample> summary(JsonNode summary, Map<String, SessionId> byPod) {
        List<UsageSample> samples = new ArrayList<>();
        for (JsonNode pod : summary.path("pods")) {
            SessionId session = byPod.get(pod.path("podRef").path("uid").asText());
            JsonNode cpu = pod.path("cpu");
            JsonNode memory = pod.path("memory");
            if (session != null && cpu.has("usageNanoCores") && memory.has("workingSetBytes")) {
                samples.add(new UsageSample(
                        session,
                        PodEvent.parsed(cpu.path("time").asText(), Instant.EPOCH),
                        (int) (cpu.path("usageNanoCores").asLong() / 1_000_000),
                        memory.path("workingSetBytes").asLong()));
            }
        }
        return samples;
    }

    private static BigDecimal amount(JsonNode value) {
        return value.isTextual() ? Quantity.getAmountInBytes(new Quantity(value.asText())) : BigDecimal.ZERO;
    }

    private static String metricsPath(String namespace, Names names) {
        StringBuilder selector = new StringBuilder();
        names.zone(Names.ROLE_SESSION).forEach((label, value) -> selector.append(selector.isEmpty() ? "" : "%2C")
                .append(label.replace("/", "%2F"))
                .append("%3D")
                .append(value));
        return "/apis/metrics.k8s.io/v1beta1/namespaces/" + namespace + "/pods?labelSelector=" + selector;
    }
}
