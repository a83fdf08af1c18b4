package org.datalabs.backend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The cluster's API server is stopped and started, and hangs. */
@Tag("cluster")
@Tag("faults")
@Timeout(300)
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
@EnabledIf("org.datalabs.backend.store.Databases#hasPostgres")
class ApiServerOutageTest {
    @TempDir
    static Path folder;

    private static Installation installation;
    private static Owner owner;
    private static Settled settled;

    @BeforeAll
    static void install() throws Exception {
        installation = Installation.make(folder, "outage");
        ServiceProcess service = installation.replica();
        service.start();
        owner = new Owner(installation.client(service));
        settled = new Settled(installation, installation.news());
    }

    @AfterAll
    static void remove() throws Exception {
        installation.close();
    }

    @Test
    void goesOnByItselfWhenTheApiServerWasRestarted() throws Exception {
        survives(apiServer -> {
            apiServer.kill();
            return apiServer::start;
        });
    }

    @Test
    void goesOnByItselfWhenTheApiServerHung() throws Exception {
        survives(apiServer -> {
            apiServer.freeze();
            return apiServer::thaw;
        });
    }

    /** What begins an outage and returns its end. */
    private interface Fault {
        End begin(ClusterProgram apiServer) throws Exception;
    }

    private interface End {
        void come() throws Exception;
    }

    private static void survives(Fault fault) throws Exception {
        SessionId ready = owner.launch();
        SessionId paused = owner.launch();
        SessionId ended = owner.launch();
        for (SessionId session : new SessionId[] {ready, paused, ended}) {
            owner.await(session, SessionState.Ready.class);
        }
        SessionId launched;
        Optional<ClusterProgram> found = ClusterProgram.find("kube-apiserver");
        Assumptions.assumeTrue(found.isPresent(), "the API server runs on this machine");
        try (ClusterProgram apiServer = found.get()) {
            End end = fault.begin(apiServer);
            launched = owner.launch();
            owner.pause(paused);
            owner.destroy(ended);
            owner.await(paused, SessionState.Stopping.class);
            // Beyond the service's patience with one request.
            Outage.lasts(Duration.ofSeconds(12));
            assertThat(owner.states()).containsEntry(ready, SessionState.Ready.class);
            end.come();
        }
        owner.await(launched, SessionState.Ready.class);
        owner.await(paused, SessionState.Paused.class);
        settled.check();
        assertThat(owner.states())
                .containsOnlyKeys(ready, paused, launched)
                .containsEntry(ready, SessionState.Ready.class);
        owner.destroyAll();
        settled.check();
    }
}
