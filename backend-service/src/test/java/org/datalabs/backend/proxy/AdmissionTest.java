package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.datalabs.backend.proxy.Plane.ADA;
import static org.datalabs.backend.proxy.Plane.BASE;
import static org.datalabs.backend.proxy.Plane.BOB;
import static org.datalabs.backend.proxy.Plane.SESSION;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Who is let in to a session, and by what. */
class AdmissionTest {
    private static final SessionId OTHER = new SessionId("bcdefghijklmnopq");

    private final HttpClient http = HttpClient.newHttpClient();
    private Plane plane;

    @BeforeEach
    void start() {
        plane = new Plane();
        plane.web(plane.serve(request -> request.response()
                .end(request.uri() + " " + request.getHeader("Cookie") + " " + request.getHeader("Authorization"))));
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + plane.port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void ticketBecomesCookieOfTheSessionAlone() throws Exception {
        String path = plane.admissions.issue(SESSION, ADA, false).path();
        HttpResponse<String> entry = get(path + "&x=1");
        assertThat(entry.statusCode()).isEqualTo(303);
        assertThat(entry.headers().firstValue("Location")).contains(BASE + "?x=1");
        assertThat(entry.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(entry.headers().firstValue("Cache-Control")).contains("no-store");
        String cookie = entry.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .matches("dl-session-abcdefghijklmnop=[A-Za-z0-9_-]{43}; Max-Age=86400; Path=" + BASE
                        + "; HttpOnly; SameSite=Strict");

        HttpResponse<String> page = get(BASE + "?x=1", "Cookie", "a=1; " + cookie.substring(0, cookie.indexOf(';')));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).isEqualTo(BASE + "?x=1 a=1 null");
    }

    @Test
    void ticketWorksOnce() throws Exception {
        String path = plane.admissions.issue(SESSION, ADA, false).path();
        assertThat(get(path).statusCode()).isEqualTo(303);
        HttpResponse<String> again = get(path);
        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(again.body()).contains("TICKET_INVALID").doesNotContain("dlt_");
    }

    @Test
    void ofManyWhoUseATicketAtOnceOneGetsIn() throws Exception {
        String path = plane.admissions.issue(SESSION, ADA, false).path();
        String ticket = path.substring(path.indexOf("dlt_"));
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Callable<Boolean>> attempts = Collections.nCopies(
                32, () -> plane.admissions.enter(SESSION, ticket).isPresent());
        int entered = 0;
        for (Future<Boolean> attempt : pool.invokeAll(attempts)) {
            entered += attempt.get() ? 1 : 0;
        }
        pool.shutdown();
        assertThat(entered).isEqualTo(1);
    }

    @Test
    void ticketLapses() throws Exception {
        String path = plane.admissions.issue(SESSION, ADA, false).path();
        plane.clock.forward(Duration.ofSeconds(30));
        assertThat(get(path).statusCode()).isEqualTo(403);
    }

    @Test
    void ticketOpensNoOtherSession() throws Exception {
        plane.put(OTHER, Kind.WEB, "{base}", null, plane.serve(request -> request.response()
                .end()));
        String path = plane.admissions.issue(SESSION, ADA, false).path();
        assertThat(get(path.replace(SESSION.value(), OTHER.value())).statusCode())
                .isEqualTo(403);
        assertThat(get(path).statusCode()).isEqualTo(303);
    }

    @Test
    void anotherUsersTokenAndCookieLookLikeAGuess() throws Exception {
        HttpResponse<String> guess = get("/s/zzzzzzzzzzzzzzzz/", "Authorization", Plane.BEARER);
        HttpResponse<String> foreign = get(BASE, "Authorization", "Bearer token-of-bob");
        HttpResponse<String> nobody = get(BASE);
        assertThat(guess.statusCode()).isEqualTo(404);
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(nobody.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(guess.body()).isEqualTo(nobody.body());
        assertThatThrownBy(() -> plane.admissions.issue(SESSION, BOB, false)).isInstanceOf(ProblemException.class);

        plane.database
                .store()
                .addAdmission(new AdmissionStore.Grant(
                        Secrets.hash("B".repeat(43)), SESSION, BOB, false, Plane.NOW.plusSeconds(60)));
        String bobs = SessionCookies.name(SESSION, plane.origins) + "=" + "B".repeat(43);
        assertThat(get(BASE, "Cookie", bobs).statusCode()).isEqualTo(404);
        assertThat(get(BASE, "Cookie", bobs).statusCode()).isEqualTo(404);
    }

    @Test
    void cookieOfOneSessionOpensNoOther() throws Exception {
        plane.put(OTHER, Kind.WEB, "{base}", null, plane.serve(request -> request.response()
                .end()));
        String cookie = plane.cookie().replace(SESSION.value(), OTHER.value());
        assertThat(get("/s/" + OTHER + "/", "Cookie", cookie).statusCode()).isEqualTo(404);
        String remembered = plane.cookie();
        assertThat(get(BASE, "Cookie", remembered).statusCode()).isEqualTo(200);
        assertThat(get("/s/" + OTHER + "/", "Cookie", remembered.replace(SESSION.value(), OTHER.value()))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void unknownTokenIsNotSignedIn() throws Exception {
        assertThat(get(BASE, "Authorization", "Bearer nonsense").statusCode()).isEqualTo(401);
    }

    @Test
    void cookieEndsWithRevocationLapseAndSession() throws Exception {
        String revoked = plane.cookie();
        assertThat(get(BASE, "Cookie", revoked).statusCode()).isEqualTo(200);
        plane.admissions.revoke(SESSION);
        assertThat(get(BASE, "Cookie", revoked).statusCode()).isEqualTo(404);

        String lapsed = plane.cookie();
        plane.clock.forward(Duration.ofHours(24));
        assertThat(get(BASE, "Cookie", lapsed).statusCode()).isEqualTo(404);

        String gone = plane.cookie();
        assertThat(get(BASE, "Cookie", gone).statusCode()).isEqualTo(200);
        plane.sessions.remove(SESSION);
        assertThat(get(BASE, "Cookie", gone).statusCode()).isEqualTo(404);
    }

    @Test
    void letsInForAWhileWhomItKnowsWhileTheStoreIsAway() throws Exception {
        String known = plane.cookie();
        String unknown = plane.cookie();
        assertThat(get(BASE, "Cookie", known).statusCode()).isEqualTo(200);

        plane.database.setAway(true);
        plane.clock.forward(Duration.ofMinutes(10));
        assertThat(get(BASE, "Cookie", known).statusCode()).isEqualTo(200);
        assertThat(get(BASE, "Cookie", unknown).statusCode()).isEqualTo(503);
        plane.clock.forward(Duration.ofMinutes(6));
        assertThat(get(BASE, "Cookie", known).statusCode()).isEqualTo(503);

        plane.database.setAway(false);
        assertThat(get(BASE, "Cookie", known).statusCode()).isEqualTo(200);
        assertThat(get(BASE, "Cookie", unknown).statusCode()).isEqualTo(200);
    }

    @Test
    void forgetsARemovedUserThoughTheStoreIsAway() throws Exception {
        String cookie = plane.cookie();
        assertThat(get(BASE, "Cookie", cookie).statusCode()).isEqualTo(200);

        plane.database.setAway(true);
        assertThatThrownBy(() -> plane.admissions.retain(Set.of(BOB))).hasMessageContaining("away");

        assertThat(get(BASE, "Cookie", cookie).statusCode()).isEqualTo(503);
    }

    @Test
    void storeHoldsNoSecret() {
        String path = plane.admissions.issue(SESSION, ADA, false).path();
        String cookie = plane.cookie();
        assertThat(plane.database.dump())
                .contains(SESSION.value())
                .doesNotContain(path.substring(path.indexOf("dlt_")))
                .doesNotContain(path.substring(path.indexOf("dlt_") + 4))
                .doesNotContain(cookie.substring(cookie.indexOf('=') + 1));
    }

    @Test
    void issuingSweepsWhatHasLapsed() {
        plane.cookie();
        plane.clock.forward(Duration.ofHours(25));
        plane.admissions.issue(SESSION, ADA, false);
        assertThat(plane.database.dump().split("hash=", -1)).hasSize(2);
    }

    @Test
    void secretsOfThePlatformEndAtTheProxyAndThoseOfTheSessionAreAdded() throws Exception {
        assertThat(get(BASE, "Authorization", Plane.BEARER).body()).endsWith("null null");
        String cookie = plane.cookie();
        assertThat(get(BASE, "Cookie", cookie, "Authorization", Plane.BEARER).body())
                .endsWith("null null");
        assertThat(get(BASE, "Cookie", cookie, "Authorization", "token of-the-datalab")
                        .body())
                .endsWith("token of-the-datalab");
        plane.put(SESSION, Kind.WEB, "{base}", "token {token}", plane.serve(request -> request.response()
                .end(request.getHeader("Authorization"))));
        assertThat(get(BASE, "Cookie", cookie, "Authorization", "token guess").body())
                .isEqualTo("token own-token");
    }

    @Test
    void parameterNamedTicketOfADatalabPasses() throws Exception {
        assertThat(get(BASE + "x?ticket=ST-12", "Authorization", Plane.BEARER).body())
                .startsWith(BASE + "x?ticket=ST-12 ");
    }

    @Test
    void ticketNeverReachesTheSession() throws Exception {
        String path = plane.admissions.issue(SESSION, ADA, false).path();
        HttpResponse<String> reloaded = get(path, "Cookie", plane.cookie());
        assertThat(reloaded.statusCode()).isEqualTo(303);
        assertThat(reloaded.headers().firstValue("Location")).contains(BASE);
        assertThat(get(path, "Authorization", Plane.BEARER).statusCode()).isEqualTo(303);
    }

    @RepeatedTest(20)
    void foreignPagesCannotUseTheCookie() throws Exception {
        String cookie = plane.cookie();
        String own = "http://127.0.0.1:" + plane.port;
        assertThat(post(cookie, "Origin", own)).isEqualTo(200);
        assertThat(post(cookie, "Origin", "http://127.0.0.1:1")).isEqualTo(403);
        assertThat(post(cookie, "Origin", "null")).isEqualTo(403);
        assertThat(post(cookie, "Sec-Fetch-Site", "same-site")).isEqualTo(403);
        assertThat(post(cookie, "Sec-Fetch-Site", "same-origin")).isEqualTo(200);
        assertThat(get(BASE, "Cookie", cookie, "Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "no-cors")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get(BASE, "Cookie", cookie, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")
                        .statusCode())
                .isEqualTo(200);
    }

    private int post(String cookie, String... headers) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + plane.port + BASE))
                                .header("Cookie", cookie)
                                .headers(headers)
                                .POST(HttpRequest.BodyPublishers.ofString("x"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void saysWhatASessionWaitsForAsPageOrProblem() throws Exception {
        plane.sessions.put(
                Plane.entry(SESSION, Kind.WEB, "{base}", null, new SessionState.Pending("a free <GPU>", "", Plane.NOW)),
                plane.serve(request -> request.response().end()));
        HttpResponse<String> page = get(BASE, "Authorization", Plane.BEARER, "Accept", "text/html,*/*");
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(page.body()).contains("a free &lt;GPU&gt;").contains("http-equiv=\"refresh\"");
        HttpResponse<String> problem = get(BASE, "Authorization", Plane.BEARER, "Accept", "application/json");
        assertThat(problem.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(problem.body())
                .contains("urn:datalabs:problem:SESSION_NOT_READY")
                .contains("\"status\":503");
    }

    @Test
    void sessionWhoseServerIsGoneIsUnreachable() throws Exception {
        plane.web(new Endpoint.Tcp("127.0.0.1", 1));
        assertThat(get(BASE, "Authorization", Plane.BEARER).statusCode()).isEqualTo(502);
        plane.web(new Endpoint.UnixSocket(Path.of("/nonexistent/s")));
        assertThat(get(BASE, "Authorization", Plane.BEARER).body()).contains("SESSION_UNREACHABLE");
    }

    @Test
    void addressWithoutItsSlashLeadsToTheSession() throws Exception {
        HttpResponse<String> answer = get("/s/" + SESSION, "Authorization", Plane.BEARER);
        assertThat(answer.headers().firstValue("Location")).contains(BASE);
        assertThat(get("/s/" + SESSION).statusCode()).isEqualTo(404);
        assertThat(get("/").statusCode()).isEqualTo(401);
    }
}
