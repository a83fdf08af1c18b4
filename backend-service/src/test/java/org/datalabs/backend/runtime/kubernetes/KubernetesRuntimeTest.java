package org.datalabs.backend.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.StartStep;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@Tag("cluster")
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
class KubernetesRuntimeTest {
    private static TestCluster cluster;
    private static KubernetesRuntime runtime;

    @BeforeAll
    static void open() {
        cluster = new TestCluster("run");
        runtime = KubernetesRuntime.open(cluster.settings(), Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        runtime.close();
        cluster.close();
    }

    @Test
    void runsASessionFromLaunchToNothing() throws Exception {
        SessionSpec spec = Specs.probe("ada").spec();
        Set<SessionId> told = ConcurrentHashMap.newKeySet();
        runtime.onChange(told::add);

        runtime.start(spec);
        assertThat(runtime.observe(spec.id())).isInstanceOf(Observation.Starting.class);
        Observation.Running running = (Observation.Running)
                Until.seen(() -> runtime.observe(spec.id()), state -> state instanceof Observation.Running);
        assertThat(running.steps()).allMatch(step -> step.progress() == StartStep.Progress.DONE);
        assertThat(told).contains(spec.id());

        Endpoint.Tcp endpoint = (Endpoint.Tcp) runtime.endpoint(spec.id()).orElseThrow();
        assertThat(answer(endpoint, spec.basePath(), spec.token())).isEqualTo(200);

        runtime.stop(spec.id());
        assertThat(runtime.observe(spec.id())).isInstanceOf(Observation.Stopping.class);
        Until.seen(() -> runtime.observe(spec.id()), state -> state instanceof Observation.Absent);
        assertThat(runtime.existing()).doesNotContain(spec.id());
    }

    private static int answer(Endpoint.Tcp endpoint, String path, String token) {
        HttpClient client = HttpClient.newHttpClient();
        URI uri = URI.create("http://" + endpoint.host() + ":" + endpoint.port() + path);
        return Until.seen(
                () -> {
                    try {
                        return client.send(
                                        HttpRequest.newBuilder(uri)
                                                .header("Authorization", "token " + token)
                                                .build(),
                                        HttpResponse.BodyHandlers.discarding())
                                .statusCode();
                    } catch (java.io.IOException e) {
                        return 0;
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                status -> status > 0);
    }
}
