package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datalabs.backend.proxy.Plane.BASE;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathMapTest {
    private static final Set<String> OWN = Set.of("127.0.0.1:8080", "localhost:9999");

    private final PathMap same = PathMap.of(Plane.BASE, "{base}");
    private final PathMap stripped = PathMap.of(Plane.BASE, "/");
    private final PathMap moved = PathMap.of(Plane.BASE, "/app/");

    @Test
    void mapsPaths() {
        assertThat(same.toSession(BASE + "x")).isEqualTo(BASE + "x");
        assertThat(stripped.toSession(BASE + "x/y")).isEqualTo("/x/y");
        assertThat(stripped.toSession(BASE)).isEqualTo("/");
        assertThat(moved.toSession(BASE + "x")).isEqualTo("/app/x");
        assertThat(PathMap.of(Plane.BASE, "{base}lab").entry()).isEqualTo(BASE + "lab/");
        assertThat(moved.toDatazone("/app/x")).contains(BASE + "x");
        assertThat(moved.toDatazone("/other")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/s/abcdefghijklmnop/tree?x=1#y, /s/abcdefghijklmnop/tree?x=1#y",
        "tree, /s/abcdefghijklmnop/a/tree",
        "../tree, /s/abcdefghijklmnop/tree",
        "?next=1, ?next=1",
        "http://127.0.0.1:8080/s/abcdefghijklmnop/tree, /s/abcdefghijklmnop/tree",
        "http://LOCALHOST:9999/s/abcdefghijklmnop/, /s/abcdefghijklmnop/"
    })
    void keepsRedirectsWithinTheSession(String location, String expected) {
        assertThat(same.redirect(location, BASE + "a/b", OWN)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/v1/sessions",
                "/s/bcdefghijklmnopq/",
                "/s/abcdefghijklmnop",
                "../../../api",
                "/s/abcdefghijklmnop/../../api",
                "//evil.example/",
                "http://evil.example/",
                "http://evil.example\\@127.0.0.1:8080/",
                "http://user@127.0.0.1:8080/s/abcdefghijklmnop/",
                "https:evil",
                "javascript:alert(1)",
                "data:text/html,x",
                "\\\\evil",
                "/s/abcdefghijklmnop/%2e%2e/%2e%2e/api",
                "ht tp://x"
            })
    void refusesRedirectsOutOfTheSession(String location) {
        assertThat(same.redirect(location, BASE + "a/b", OWN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/login?next=%2F, /s/abcdefghijklmnop/login?next=%2F",
        "/, /s/abcdefghijklmnop/",
        "http://localhost:9999/x, /s/abcdefghijklmnop/x",
        "x, /s/abcdefghijklmnop/a/x"
    })
    void movesRedirectsOfServersAtTheRoot(String location, String expected) {
        assertThat(stripped.redirect(location, "/a/b", OWN)).contains(expected);
    }
}
