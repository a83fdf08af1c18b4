package org.datalabs.backend.faults;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** That the check of this package can fail. */
@Tag("cluster")
@Tag("faults")
@Timeout(300)
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
@EnabledIf("org.datalabs.backend.store.Databases#hasPostgres")
class SettledTest {
    @TempDir
    Path folder;

    @Test
    void complainsOfWhatIsWrong() throws Exception {
        try (Installation installation = Installation.make(folder, "settled")) {
            ServiceProcess service = installation.replica();
            service.start();
            Owner owner = new Owner(installation.client(service));
            News news = installation.news();
            Settled now = new Settled(installation, news, Duration.ZERO);
            SessionId session = owner.launch();
            assertThatThrownBy(now::check).hasMessageContaining("is still Starting");
            owner.await(session, SessionState.Ready.class);
            new Settled(installation, news).check();

            var services = installation.kubernetes().services().inNamespace(installation.namespace());
            var own = services.withName("session-" + session).get();
            services.resource(new ServiceBuilder(own)
                            .editMetadata()
                            .withName("session-gone")
                            .withOwnerReferences()
                            .addToLabels("datalabs.org/session", "gone")
                            .withResourceVersion(null)
                            .withUid(null)
                            .endMetadata()
                            .build())
                    .create();
            assertThatThrownBy(now::check).hasMessageContaining("Service session-gone belongs to no session");
            services.withName("session-gone").delete();
            assertThatCode(now::check).doesNotThrowAnyException();

            service.kill();
            execute(
                    installation,
                    "insert into events (number, owner, type, body, created_at) select 1 + max(number),"
                            + " 'anna', 'volumes', '{\"type\":\"volumes\"}', now() from events");
            execute(installation, "update event_counter set last_number = last_number + 2");
            service.start();
            new Settled(installation, news).check();
            execute(installation, "delete from events where number = (select max(number) from events)");
            assertThatThrownBy(now::check).hasMessageContaining("events, not");

            execute(installation, "delete from sessions");
            assertThatThrownBy(now::check)
                    .hasMessageContaining("alive are [" + session + "], but ready are []")
                    .hasMessageContaining("Secret session-" + session + " belongs to no session");
        }
    }

    private static void execute(Installation installation, String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                installation.database().url(), installation.database().user(), "")) {
            connection.createStatement().execute(statement);
        }
    }
}
