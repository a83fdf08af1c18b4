package org.datalabs.bench.cluster;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.api.Json;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;

/** The API as many users at once use it, over few connections. Thread-safe. */
final class Fleet {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final String LAUNCH = "{\"datalab\":\"" + ClusterBackend.DATALAB + "\"}";

    private final HttpClient client;
    private final URI address;
    private final ObjectMapper json = Json.lenient();

    /**
     * A session and the number of its owner.
     *
     * @param user see {@link ClusterBackend#user}
     */
    record Member(int user, SessionId session) {}

    Fleet(URI address) {
        this.address = address;
        this.client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    CompletableFuture<List<Session>> list(int user) {
        return send(request(user, ApiPaths.SESSIONS).GET())
                .thenApply(answer -> read(answer, OK, new TypeReference<List<Session>>() {}));
    }

    CompletableFuture<Session> launch(int user) {
        return send(request(user, ApiPaths.SESSIONS)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(LAUNCH)))
                .thenApply(answer -> read(answer, ACCEPTED, new TypeReference<Session>() {}));
    }

    CompletableFuture<HttpResponse<String>> destroy(Member member) {
        return send(request(member.user(), ApiPaths.SESSIONS + "/" + member.session())
                .DELETE());
    }

    /** Whether the session's datalab answers through the data plane. */
    boolean answers(Member member) {
        try {
            return send(request(member.user(), ApiPaths.dataPlane(member.session()) + "hello")
                                    .GET())
                            .join()
                            .statusCode()
                    == OK;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private HttpRequest.Builder request(int user, String path) {
        return HttpRequest.newBuilder(address.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + ClusterBackend.token(user));
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private <T> T read(HttpResponse<String> answer, int status, TypeReference<T> type) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        try {
            return json.readValue(answer.body(), type);
        } catch (IOException e) {
            throw new IllegalStateException("an answer cannot be read", e);
        }
    }
}
