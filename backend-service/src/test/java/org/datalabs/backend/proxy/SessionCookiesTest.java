package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datalabs.backend.proxy.Plane.SESSION;

import java.util.List;
import org.datalabs.backend.session.SessionOrigins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCookiesTest {
    private final PathMap same = PathMap.of(Plane.BASE, "{base}");
    private final PathMap stripped = PathMap.of(Plane.BASE, "/");

    @Test
    void takesThePlatformsCookiesOut() {
        assertThat(SessionCookies.forSession(
                        List.of("a=1; dl-session-abcdefghijklmnop=x; b=\"2\"", "DL-Session-z=3;c=4")))
                .contains("a=1; b=\"2\"; c=4");
        assertThat(SessionCookies.forSession(List.of("dl-session-abcdefghijklmnop=x")))
                .isEmpty();
    }

    @Test
    void findsTheSecretAmongPlantedCookies() {
        String secret = "A".repeat(43);
        String name = SessionCookies.name(SESSION, SessionOrigins.onPaths());
        assertThat(SessionCookies.secrets(
                        List.of(name + "=bad; " + name + "=" + secret + "; x=y"), SESSION, SessionOrigins.onPaths()))
                .containsExactly(secret);
        assertThat(SessionCookies.secrets(List.of("x" + name + "=" + secret), SESSION, SessionOrigins.onPaths()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=b | a=b; Path=/s/abcdefghijklmnop/",
                "a=b; Path=/; HttpOnly | a=b; HttpOnly; Path=/s/abcdefghijklmnop/",
                "a=b; Path = /; path=/api | a=b; Path=/s/abcdefghijklmnop/",
                "a=b; Domain=example.org; Secure | a=b; Secure; Path=/s/abcdefghijklmnop/",
                "a=b; domain\t=.org;Path=/s/abcdefghijklmnop/x | a=b; Path=/s/abcdefghijklmnop/x",
                "a=b; Path=/s/bcdefghijklmnopq/ | a=b; Path=/s/abcdefghijklmnop/"
            })
    void confinesTheSessionsCookies(String header, String expected) {
        assertThat(SessionCookies.confined(header, same)).contains(expected);
    }

    @Test
    void movesCookiePathsOfServersAtTheRoot() {
        assertThat(SessionCookies.confined("a=b; Path=/x", stripped)).contains("a=b; Path=/s/abcdefghijklmnop/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dl-session-abcdefghijklmnop=evil",
                " dl-session-abcdefghijklmnop =evil; Path=/s/abcdefghijklmnop/",
                "DL-SESSION-abcdefghijklmnop=evil",
                "__Host-dl-session-abcdefghijklmnop=evil",
                "=dl-session-abcdefghijklmnop=evil",
                "dl-session-abcdefghijklmnop",
                ""
            })
    void dropsCookiesThatWouldOverwriteThePlatforms(String header) {
        assertThat(SessionCookies.confined(header, same)).isEmpty();
    }
}
