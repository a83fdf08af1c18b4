package org.datalabs.backend.faults;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.datalabs.backend.runtime.kubernetes.TestCluster;
import org.datalabs.backend.server.Until;
import org.datalabs.backend.store.Databases;
import org.datalabs.backend.store.PostgresSettings;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.launch.LaunchRequest;

/** A whole datazone: its database, its namespace on the cluster, its settings and catalogue, and its replicas. */
final class Installation implements AutoCloseable {
    /** A datalab of a few megabytes that starts at once. */
    static final LaunchRequest PROBE = LaunchRequest.defaults(new DatalabId("probe"));

    /** Where the probe listens in its container. */
    static final int PROBE_PORT = 10_000;

    static final String USER = "anna";
    static final String TOKEN = "token-of-anna-0123456789";

    private final Path folder;
    private final Databases databases;
    private final PostgresSettings database;
    private final TestCluster cluster;
    private final List<ServiceProcess> replicas = new ArrayList<>();
    private String pools = "";
    private final List<AutoCloseable> open = new ArrayList<>();

    private Installation(Path folder, Databases databases, PostgresSettings database, TestCluster cluster) {
        this.folder = folder;
        this.databases = databases;
        this.database = database;
        this.cluster = cluster;
    }

    /**
     * Makes one without replicas.
     *
     * @param folder for its files
     * @param name part of the name of its namespace
     */
    static Installation make(Path folder, String name) throws Exception {
        Databases databases = new Databases(folder);
        PostgresSettings database = databases.serve();
        Installation made = new Installation(folder, databases, database, new TestCluster("faults-" + name));
        Files.writeString(folder.resolve("users"), USER + " " + hash(TOKEN) + " Anna A.\n");
        made.offer("probe", "datalabs/probe:1", PROBE_PORT);
        return made;
    }

    /** Adds a web datalab like the probe to the catalogue of replicas that are started later. */
    void offer(String id, String image, int port) throws IOException {
        offer(id, image, port, "personal");
    }

    /** Adds one like the probe whose home is temporary. */
    void offerTemporary(String id) throws IOException {
        offer(id, "datalabs/probe:1", PROBE_PORT, "temporary");
    }

    /** Makes replicas that are started later keep some sessions of a datalab ready; none when it is 0. */
    void keepReady(String id, int ready) {
        pools = ready == 0 ? "" : "warmPools: [{datalab: " + id + ", ready: " + ready + "}]\n";
    }

    private void offer(String id, String image, int port, String home) throws IOException {
        Path manifest =
                Files.createDirectories(folder.resolve("catalogue").resolve(id)).resolve("datalab.yaml");
        Files.writeString(manifest, """
                apiVersion: datalabs/v1
                id: %s
                name: Probe
                kind: web
                summary: A datalab for tests.
                description: Nothing but an HTTP server.
                maintainer: {name: Tests, url: "https://example.org"}
                licence: Apache-2.0
                icon: {path: "M4 4h16v16H4z", tint: teal}
                domains: [Astronomy]
                themes: [Tests]
                resources:
                  least: {cpu: 0.01, memory: 32 MB}
                  most: {cpu: 4, memory: 8 GB, gpu: 0}
                  recommended: tiny
                  presets:
                    - {id: tiny, name: Tiny, cpu: 0.05, memory: 48 MB, note: Enough}
                versions:
                  - name: "1"
                    released: 2024-01-02
                    image: %s
                    port: %d
                    base: "{base}"
                    ready: ready
                    authorization: token {token}
                    home: %s
                """.formatted(id, image, port, home));
    }

    /** Adds a replica, which is not started yet. */
    ServiceProcess replica() throws IOException {
        return replica(Path.of(System.getenv("KUBECONFIG")), "standard", "");
    }

    /**
     * Adds a replica, which is not started yet.
     *
     * @param kubeconfig by what it finds the cluster
     * @param storageClass of the homes
     * @param more lines of its settings' part {@code kubernetes}
     */
    ServiceProcess replica(Path kubeconfig, String storageClass, String more) throws IOException {
        int port = freePort();
        Path settings = folder.resolve("settings-" + port + ".yaml");
        Files.writeString(settings, """
                name: Faults
                listen: 127.0.0.1:%d
                database: {url: "%s", user: %s, connections: 6}
                usersFile: %s
                quota: {sessions: 5, cpu: 4, memory: 4 GB, gpu: 0}
                catalogue: %s
                farewellSeconds: 0
                kubernetes:
                  namespace: %s
                  zone: faults
                  home: {storageClass: %s, size: 1 GB}
                %s%s""".formatted(
                        port,
                        database.url(),
                        database.user(),
                        folder.resolve("users"),
                        folder.resolve("catalogue"),
                        cluster.namespace(),
                        storageClass,
                        more.indent(2),
                        pools));
        ServiceProcess replica =
                new ServiceProcess(folder, settings, kubeconfig, URI.create("http://127.0.0.1:" + port));
        replicas.add(replica);
        return replica;
    }

    List<ServiceProcess> replicas() {
        return replicas;
    }

    /** A client of a replica; closed with the installation. */
    DatazoneClient client(ServiceProcess replica) {
        DatazoneClient client = replica.client(TOKEN);
        open.add(client);
        return client;
    }

    /** Hears of the user's events from now on, wherever a replica serves; closed with the installation. */
    News news() {
        News news = new News(replicas.stream().map(ServiceProcess::address).toList(), TOKEN);
        open.add(news);
        Until.holds(Duration.ofSeconds(20), () -> news.begin() >= 0);
        return news;
    }

    Databases databases() {
        return databases;
    }

    PostgresSettings database() {
        return database;
    }

    /** What a query of one number gives. */
    long count(String query) {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    KubernetesClient kubernetes() {
        return cluster.client();
    }

    String namespace() {
        return cluster.namespace();
    }

    /** Removes a volume of the tests' own; after {@link #close}. */
    static void removeVolume(String name) {
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            client.persistentVolumes().withName(name).delete();
        }
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable part : open) {
            part.close();
        }
        replicas.forEach(ServiceProcess::close);
        databases.close();
        cluster.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static String hash(String token) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    }
}
