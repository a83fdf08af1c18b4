package org.datalabs.desktop.session.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageAddressTest {
    private static final String ORIGIN = "http://127.0.0.1:4711";
    private static final String ROOT = "/s/aaaaaaaaaaaaaaaa/";

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:4711/s/aaaaaaaaaaaaaaaa/,''",
        "http://127.0.0.1:4711/s/aaaaaaaaaaaaaaaa/?visit=secret,''",
        "http://127.0.0.1:4711/s/aaaaaaaaaaaaaaaa/lab/tree/a.ipynb,lab/tree/a.ipynb",
        "http://127.0.0.1:4711/s/aaaaaaaaaaaaaaaa/lab?token=secret,lab",
        "http://127.0.0.1:4711/s/aaaaaaaaaaaaaaaa/lab#access_token=secret,lab",
        "http://127.0.0.1:4711/s/aaaaaaaaaaaaaaaa/my%20gr%C3%BC%C3%9Fe.txt,my grüße.txt",
        "http://127.0.0.1:4711/s/aaaaaaaaaaaaaaaa/100%,100%",
        "http://127.0.0.1:4711/lab/tree,lab/tree",
        "http://127.0.0.1:4711/,''",
        "http://127.0.0.1:47110/s/aaaaaaaaaaaaaaaa/lab,''",
        "about:blank,''"
    })
    void showsThePathOnly(String location, String shown) {
        assertThat(PageAddress.shown(location, ORIGIN, ROOT)).isEqualTo(shown);
    }
}
