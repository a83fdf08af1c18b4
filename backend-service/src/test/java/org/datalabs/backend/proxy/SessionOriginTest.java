package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datalabs.backend.proxy.Plane.ADA;
import static org.datalabs.backend.proxy.Plane.BEARER;
import static org.datalabs.backend.proxy.Plane.SESSION;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.datalabs.backend.session.SessionOrigins;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.Ticket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that have an origin each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionOriginTest {
    private static final String DOMAIN = ".sessions.localhost";
    private static final String HOST = SESSION + DOMAIN;
    private static final String ORIGIN = "http://" + HOST;
    private static final SessionId OTHER = new SessionId("bcdefghijklmnopq");

    private final List<String> reached = new CopyOnWriteArrayList<>();
    private Plane plane;

    @BeforeAll
    void start() {
        plane = new Plane(SessionOrigins.of("{session}" + DOMAIN));
        plane.put(SESSION, Kind.WEB, "{base}", null, plane.serve(request -> {
            reached.add(request.uri());
            request.response()
                    .putHeader("Set-Cookie", "mine=1; Domain=sessions.localhost; Path=/lab")
                    .end(request.headers().entries().toString());
        }));
        plane.put(OTHER, Kind.WEB, "{base}", null, plane.serve(request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", request.uri().equals("/away") ? ORIGIN + "/" : "/lab?next=1")
                .end()));
    }

    @AfterAll
    void stop() {
        plane.close();
    }

    @BeforeEach
    void forget() {
        reached.clear();
    }

    private String ask(String target, String host, String headers) throws IOException {
        try (Wire wire = new Wire(plane.port)) {
            return wire.send("GET " + target + " HTTP/1.1\nHost: " + host + "\nConnection: close\n" + headers + "\n")
                    .rest();
        }
    }

    @Test
    void ticketLeadsToTheSessionsOriginWhereItBecomesACookieOfThatHostAlone() throws Exception {
        Ticket ticket = plane.admissions.issue(SESSION, ADA, false);
        assertThat(ticket.origin()).isEqualTo(ORIGIN);
        assertThat(ticket.path()).startsWith("/?ticket=");
        String entered = ask(ticket.path(), HOST, "");
        assertThat(entered)
                .startsWith("HTTP/1.1 303 ")
                .contains("location: /\r\n")
                .contains("; Path=/; HttpOnly; SameSite=Strict")
                .doesNotContainIgnoringCase("domain=");
        String cookie = entered.substring(entered.indexOf("dl-session-")).split(";", 2)[0];
        assertThat(ask("/lab/tree?x=1", HOST, "Cookie: " + cookie + "; own=1\n"))
                .startsWith("HTTP/1.1 200 ")
                .contains("own=1")
                .contains("Host=" + HOST)
                .contains("mine=1; Path=/lab")
                .doesNotContainIgnoringCase("domain=")
                .doesNotContain("X-Forwarded-Prefix")
                .doesNotContain(cookie);
        assertThat(reached).containsExactly("/lab/tree?x=1");
        assertThat(ask(ticket.path(), HOST, "")).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void cookieOfASecureOriginCannotBePlantedByAnotherHost() {
        SessionOrigins secure = SessionOrigins.of("{session}.sessions.example.org");
        AdmissionService.Entry entry = new AdmissionService.Entry("A".repeat(43), Duration.ofHours(1));
        assertThat(SessionCookies.admission(SESSION, entry, secure, false))
                .startsWith("__Host-dl-session-" + SESSION + "=")
                .contains("; Path=/;")
                .endsWith("; Secure");
        assertThat(SessionCookies.secrets(List.of("dl-session-" + SESSION + "=" + "A".repeat(43)), SESSION, secure))
                .isEmpty();
        assertThat(secure.origin(SESSION)).contains("https://" + SESSION + ".sessions.example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/sessions", "/health", "/ready", "/s/abcdefghijklmnop/", "/api/v1/openapi.json"})
    void pathsOfTheDatazoneAreTheSessionsOwnAtItsOrigin(String path) throws Exception {
        assertThat(ask(path, HOST, "")).startsWith("HTTP/1.1 404 ");
        assertThat(reached).isEmpty();
        assertThat(ask(path, HOST, "Cookie: " + plane.cookie() + "\n")).startsWith("HTTP/1.1 200 ");
        assertThat(reached).containsExactly(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "localhost:8080"})
    void pathsOfSessionsAreNotThereAtTheDatazonesOrigin(String host) throws Exception {
        assertThat(ask("/s/" + SESSION + "/", host, "Authorization: " + BEARER + "\n"))
                .doesNotContain(" 200 ");
        assertThat(reached).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sessions.localhost",
                "zzzzzzzzzzzzzzzz.sessions.localhost",
                "x.abcdefghijklmnop.sessions.localhost",
                "abcdefghijklmnop.sessions.localhost.",
                "ABC.sessions.localhost"
            })
    void otherHostsOfTheDomainAreNothing(String host) throws Exception {
        assertThat(ask("/health", host, "Authorization: " + BEARER + "\n")).matches("(?s)HTTP/1.1 (404|400|403) .*");
        assertThat(reached).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a/../b",
                "/%2e%2e/",
                "/a%2fb",
                "/a\\b",
                "//evil.example/",
                "/.;x/",
                "/%00",
                "http://abcdefghijklmnop.sessions.localhost/",
                "*"
            })
    void refusesPathTricks(String target) throws Exception {
        assertThat(ask(target, HOST, "Cookie: " + plane.cookie() + "\n")).startsWith("HTTP/1.1 400 ");
        assertThat(reached).isEmpty();
    }

    @Test
    void cookieOfOneOriginOpensNoOther() throws Exception {
        String cookie = plane.cookie();
        assertThat(ask("/", OTHER + DOMAIN, "Cookie: " + cookie + "\n")).startsWith("HTTP/1.1 404 ");
        assertThat(ask("/", OTHER + DOMAIN, "Cookie: " + cookie.replace(SESSION.value(), OTHER.value()) + "\n"))
                .startsWith("HTTP/1.1 404 ");
    }

    @Test
    void redirectsStayAtTheOrigin() throws Exception {
        assertThat(ask("/", OTHER + DOMAIN, "Authorization: " + BEARER + "\n"))
                .startsWith("HTTP/1.1 302 ")
                .contains("location: /lab?next=1");
        assertThat(ask("/away", OTHER + DOMAIN, "Authorization: " + BEARER + "\n"))
                .startsWith("HTTP/1.1 502 ");
    }

    @Test
    void pagesOfOtherOriginsCannotUseTheCookie() throws Exception {
        String cookie = "Cookie: " + plane.cookie() + "\n";
        String upgrade = cookie + "Upgrade: websocket\nSec-WebSocket-Version: 13\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n";
        assertThat(upgraded(upgrade + "Origin: http://" + OTHER + DOMAIN + "\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(upgraded(upgrade + "Origin: http://localhost\n")).startsWith("HTTP/1.1 403 ");
        assertThat(upgraded(upgrade)).startsWith("HTTP/1.1 403 ");
        assertThat(reached).isEmpty();
        upgraded(upgrade + "Origin: " + ORIGIN + "\n");
        assertThat(reached).containsExactly("/");
        assertThat(ask("/", HOST, cookie + "Sec-Fetch-Site: same-site\nSec-Fetch-Mode: cors\n"))
                .startsWith("HTTP/1.1 403 ");
    }

    private String upgraded(String headers) throws IOException {
        try (Wire wire = new Wire(plane.port)) {
            return wire.send("GET / HTTP/1.1\nHost: " + HOST + "\nConnection: Upgrade\n" + headers + "\n")
                    .head();
        }
    }

    @Test
    void pageOfASessionGetsNothingFromTheApi() throws Exception {
        // What its script can make a browser send: the origin's cookies, no bearer token, its own Origin.
        for (String script : List.of("GET", "POST", "DELETE", "OPTIONS")) {
            try (Wire wire = new Wire(plane.port)) {
                String answer = wire.send(script + " /api/v1/sessions HTTP/1.1\nHost: localhost\nOrigin: " + ORIGIN
                                + "\nCookie: " + plane.cookie() + "\nConnection: close\nContent-Length: 0\n\n")
                        .rest();
                assertThat(answer).startsWith("HTTP/1.1 401 ").doesNotContainIgnoringCase("access-control-allow");
            }
        }
    }

    @Test
    void desktopIsAtItsOrigin() throws Exception {
        SessionId desktop = new SessionId("cdefghijklmnopqr");
        try (FakeDesktop server = new FakeDesktop()) {
            plane.put(desktop, Kind.DESKTOP, "{base}", null, server.endpoint());
            assertThat(ask("/", desktop + DOMAIN, "Authorization: " + BEARER + "\n"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("desktop.js");
            CompletableFuture<Socket> client = server.client();
            try (Wire wire = new Wire(plane.port)) {
                assertThat(wire.send("GET /vnc HTTP/1.1\nHost: " + desktop + DOMAIN + "\nConnection: Upgrade\n"
                                        + "Upgrade: websocket\nSec-WebSocket-Version: 13\nAuthorization: " + BEARER
                                        + "\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\n")
                                .head())
                        .startsWith("HTTP/1.1 101 ");
                FakeDesktop.of(client).close();
            }
        }
    }
}
