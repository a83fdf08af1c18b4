package org.datalabs.backend.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.runtime.SessionSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** What becomes known when connections to the API server carry nothing any more, and nobody says so. */
@Tag("cluster")
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
class SilentWatchTest {
    private static final Watched.Timing QUICK =
            new Watched.Timing(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofMinutes(5));

    @Test
    void learnsWhatASilentWatchDidNotTell() throws IOException {
        SessionSpec spec = Specs.probe("ada").spec();
        try (TestCluster cluster = new TestCluster("silent");
                KubernetesRuntime direct = KubernetesRuntime.open(cluster.settings(), Clock.systemUTC())) {
            Config config = cluster.client().getConfiguration();
            try (Cable cable = new Cable(URI.create(config.getMasterUrl()));
                    KubernetesRuntime runtime = KubernetesRuntime.open(
                            cluster.settings(),
                            KubernetesRuntime.client(new ConfigBuilder(config)
                                    .withMasterUrl(cable.address())
                                    .withRequestTimeout(2_000)),
                            Clock.systemUTC(),
                            QUICK)) {
                assertThat(runtime.existing()).isEmpty();
                cable.mute();
                direct.start(spec);
                Until.seen(() -> runtime.observe(spec.id()), Observation.Running.class::isInstance);
                cable.mute();
                direct.stop(spec.id());
                Until.seen(() -> runtime.observe(spec.id()), Observation.Absent.class::isInstance);
                // Requests of its own get through, too.
                SessionSpec next = Specs.probe("ada").spec();
                runtime.start(next);
                Until.seen(() -> runtime.observe(next.id()), Observation.Running.class::isInstance);
            }
        }
    }

    @Test
    void goesOnWhereARegularEndLeftIt() {
        try (TestCluster cluster = new TestCluster("regular");
                KubernetesRuntime runtime = KubernetesRuntime.open(
                        cluster.settings(),
                        KubernetesRuntime.client(new ConfigBuilder()),
                        Clock.systemUTC(),
                        new Watched.Timing(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMinutes(5)))) {
            // Each life spans several watches.
            for (int i = 0; i < 3; i++) {
                SessionSpec spec = Specs.probe("ada").spec();
                runtime.start(spec);
                Until.seen(() -> runtime.observe(spec.id()), Observation.Running.class::isInstance);
                runtime.stop(spec.id());
                Until.seen(() -> runtime.observe(spec.id()), Observation.Absent.class::isInstance);
            }
        }
    }
}
