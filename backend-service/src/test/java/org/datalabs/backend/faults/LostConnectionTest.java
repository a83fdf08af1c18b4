package org.datalabs.backend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.datalabs.backend.server.Relay;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The service's way to the API server is cut, and nobody is told. */
@Tag("cluster")
@Tag("faults")
@Timeout(300)
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
@EnabledIf("org.datalabs.backend.store.Databases#hasPostgres")
class LostConnectionTest {
    private static final Pattern SERVER = Pattern.compile("https://(127\\.0\\.0\\.1|localhost):([0-9]+)");
    /** A dead watch is found out by its deadline, half a minute at most. */
    private static final Duration FOUND_OUT = Duration.ofSeconds(90);

    @TempDir
    static Path folder;

    private static Installation installation;
    private static Relay relay;
    private static Owner owner;
    private static Settled settled;

    @BeforeAll
    static void install() throws Exception {
        String kubeconfig = Files.readString(Path.of(System.getenv("KUBECONFIG")));
        Matcher server = SERVER.matcher(kubeconfig);
        assertThat(server.find()).as("the API server runs on this machine").isTrue();
        relay = new Relay(URI.create(server.group()).getPort());
        Path through =
                Files.writeString(folder.resolve("kubeconfig"), server.replaceAll("https://127.0.0.1:" + relay.port()));
        installation = Installation.make(folder, "cut");
        ServiceProcess service = installation.replica(through, "standard", "");
        service.start();
        owner = new Owner(installation.client(service));
        settled = new Settled(installation, installation.news());
    }

    @AfterAll
    static void remove() throws Exception {
        installation.close();
        relay.close();
    }

    @Test
    void findsOutWhatASilentWatchDidNotTell() {
        SessionId lost = owner.launch();
        SessionId kept = owner.launch();
        owner.await(lost, SessionState.Ready.class);
        owner.await(kept, SessionState.Ready.class);

        relay.swallowOpen();
        installation
                .kubernetes()
                .pods()
                .inNamespace(installation.namespace())
                .withName("session-" + lost)
                .delete();
        SessionId launched = owner.launch();

        owner.await(FOUND_OUT, lost, SessionState.Failed.class);
        owner.await(FOUND_OUT, launched, SessionState.Ready.class);
        settled.check();
        assertThat(owner.states()).containsOnlyKeys(lost, kept, launched).containsEntry(kept, SessionState.Ready.class);
        owner.destroyAll();
        settled.check();
    }

    @Test
    void takesUpEverythingAfterAWhileWithoutAnyAnswer() {
        SessionId ready = owner.launch();
        SessionId paused = owner.launch();
        SessionId ended = owner.launch();
        owner.await(ready, SessionState.Ready.class);
        owner.await(paused, SessionState.Ready.class);
        owner.await(ended, SessionState.Ready.class);

        relay.swallow();
        SessionId launched = owner.launch();
        owner.pause(paused);
        owner.destroy(ended);
        // Longer than the service waits for one answer, so that requests and watches fail meanwhile.
        owner.await(Duration.ofSeconds(5), paused, SessionState.Stopping.class);
        Outage.lasts(Duration.ofSeconds(15));
        relay.swallowOpen();

        owner.await(FOUND_OUT, launched, SessionState.Ready.class);
        owner.await(FOUND_OUT, paused, SessionState.Paused.class);
        settled.check();
        assertThat(owner.states())
                .containsOnlyKeys(launched, ready, paused)
                .containsEntry(ready, SessionState.Ready.class);
        owner.destroyAll();
        settled.check();
    }
}
