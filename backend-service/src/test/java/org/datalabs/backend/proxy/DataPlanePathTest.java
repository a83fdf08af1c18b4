package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataPlanePathTest {
    private static final String SESSION = "/s/abcdefghijklmnop";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/../bcdefghijklmnopq/",
                "/a/../b",
                "/a/..",
                "/./a",
                "/%2e%2e/b",
                "/%2E./b",
                "/.%2e/b",
                "/..;/b",
                "/..;x=1/b",
                "/%2e%2e%3bx/b",
                "/a%2fb",
                "/a%2Fb",
                "/a%5cb",
                "/a\\b",
                "/..\\b",
                "/%00",
                "/a%0d%0ab",
                "/a%7fb",
                "/%c0%ae%c0%ae/b",
                "/%c0%af",
                "/%e0%80%af",
                "/%f0%80%80%af",
                "/%ff",
                "/%",
                "/%4",
                "/%zz",
                "/a b",
                "/a\u0000b",
                "/a\tb",
                "/\u00e9",
                "/a#b",
                "/a?b c",
                "/a?b#c",
                "//evil.example/",
                "%2f..%2f",
                "/a?\u0001"
            })
    void refusesWhatTwoReadersMayReadDifferently(String rest) {
        assertThat(DataPlanePath.parse(SESSION + rest)).isInstanceOf(DataPlanePath.Refused.class);
    }

    @Test
    void refusesOverlongTargets() {
        assertThat(DataPlanePath.parse(SESSION + "/" + "a".repeat(DataPlanePath.LONGEST)))
                .isInstanceOf(DataPlanePath.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/s/", "/s/a", "/s/ABCDEFGHIJKLMNOP/", "/s/abcdefghijklmnop0/", "/s//", "/s/abcdefghijklmno%70/"
            })
    void knowsNoSessionsOfOtherForms(String target) {
        assertThat(DataPlanePath.parse(target)).isInstanceOf(DataPlanePath.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a",
                "/a/b/",
                "/a//b",
                "/a%20b/%C3%A9.ipynb",
                "/...",
                "/..a",
                "/a..",
                "/.hidden",
                "/a;v=1/b",
                "/a?x=../..&y=%2F%00\\",
                "/@scope/x+y/~z/(1)/'q'",
                "/?"
            })
    void passesOrdinaryPathsAsSent(String rest) {
        assertThat(DataPlanePath.parse(SESSION + rest)).isInstanceOfSatisfying(DataPlanePath.Good.class, good -> {
            String path = rest.contains("?") ? rest.substring(0, rest.indexOf('?')) : rest;
            assertThat(good.path()).isEqualTo(SESSION + path);
            assertThat(good.session()).isEqualTo(Plane.SESSION);
        });
    }

    @Property(tries = 3000)
    void neverLeavesTheSession(
            @ForAll @StringLength(max = 24) @CharRange(from = '.', to = '/') String dots,
            @ForAll @StringLength(max = 12) @CharRange(from = '%', to = '%') @CharRange(from = '0', to = 'f')
                    String codes) {
        String target = SESSION + "/" + dots + codes + dots;
        if (DataPlanePath.parse(target) instanceof DataPlanePath.Good good) {
            String decoded = URLDecoder.decode(good.path().replace("+", "%2B"), StandardCharsets.UTF_8);
            assertThat(Path.of(decoded).normalize().toString()).startsWith(SESSION);
        }
    }
}
