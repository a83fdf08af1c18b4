package org.datalabs.backend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A machine of the cluster is closed for new pods, and is lost. */
@Tag("cluster")
@Tag("faults")
@Timeout(300)
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
@EnabledIf("org.datalabs.backend.store.Databases#hasPostgres")
class LostNodeTest {
    @TempDir
    Path folder;

    @Test
    void waitsForAClosedMachineAndTellsThatOneIsLost() throws Exception {
        try (Installation installation = Installation.make(folder, "node");
                SimulatedNode node = new SimulatedNode(installation.kubernetes(), installation.namespace())) {
            installation.offer("simulated", "datalabs/probe:1", node.port());
            LaunchRequest simulated = LaunchRequest.defaults(new DatalabId("simulated"));
            ServiceProcess service =
                    installation.replica(Path.of(System.getenv("KUBECONFIG")), "standard", node.settings());
            service.start();
            Owner owner = new Owner(installation.client(service));
            Settled settled = new Settled(installation, installation.news());
            SessionId early = owner.launch(simulated);
            owner.await(early, SessionState.Ready.class);

            node.cordon(true);
            SessionId late = owner.launch(simulated);
            owner.await(late, SessionState.Pending.class);
            assertThat(owner.states()).containsEntry(early, SessionState.Ready.class);
            node.cordon(false);
            owner.await(late, SessionState.Ready.class);
            settled.check();

            node.vanish(Duration.ofMinutes(3));
            for (SessionId session : new SessionId[] {early, late}) {
                SessionState.Failed failed = (SessionState.Failed)
                        owner.await(session, SessionState.Failed.class).state();
                assertThat(failed.code()).isEqualTo(ProblemCode.NODE_LOST);
            }
            settled.check();
            owner.destroyAll();
            settled.check();
            assertThat(owner.states()).isEmpty();
        }
    }
}
