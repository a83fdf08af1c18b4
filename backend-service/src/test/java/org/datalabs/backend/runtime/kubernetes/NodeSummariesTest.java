package org.datalabs.backend.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.datalabs.backend.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Machines that answer, are silent or refuse, behind one address as behind an API server. */
@Timeout(60)
class NodeSummariesTest {
    private final MovableClock clock = new MovableClock(Instant.EPOCH);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private KubernetesClient client;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/api/v1/nodes/", exchange -> {
            String node = exchange.getRequestURI().getPath().split("/")[4];
            asked.add(node);
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                if (node.startsWith("silent")) {
                    end.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            atOnce.decrementAndGet();
            byte[] body = ("{\"node\": \"" + node + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(node.startsWith("refusing") ? 403 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        client = KubernetesRuntime.client(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        end.countDown();
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void missesOnlyTheMachinesThatAreSilent() {
        NodeSummaries summaries = new NodeSummaries(new ClusterCalls(client, "sessions"), clock, Duration.ofSeconds(2));
        List<String> nodes = new ArrayList<>(List.of("silent-a", "refusing-b"));
        List<String> answering = new ArrayList<>();
        for (int number = 0; number < 30; number++) {
            answering.add("node-" + number);
        }
        nodes.addAll(answering);

        assertThat(answers(summaries, nodes)).containsExactlyInAnyOrderElementsOf(answering);
        assertThat(asked).containsAll(nodes);
        assertThat(most.get()).isLessThanOrEqualTo(8);

        asked.clear();
        assertThat(answers(summaries, nodes)).containsExactlyInAnyOrderElementsOf(answering);
        assertThat(asked).doesNotContain("silent-a", "refusing-b");

        end.countDown();
        clock.forward(Duration.ofMinutes(1));
        assertThat(answers(summaries, nodes)).contains("silent-a");
    }

    private static List<String> answers(NodeSummaries summaries, List<String> nodes) {
        Queue<String> answers = new ConcurrentLinkedQueue<>();
        summaries
                .ask(nodes, summary -> answers.add(summary.path("node").asText()))
                .join();
        return List.copyOf(answers);
    }
}
