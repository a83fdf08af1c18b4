package org.datalabs.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Icons are path data by the grammar of SVG 2, section 9.3.9. */
class IconPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "M0 0",
                "m0,0",
                " M 0 0 ",
                "M0 0 1 1 2 2",
                "M0-1",
                "M.5.5",
                "M-.5-.5",
                "M+1+2",
                "M1e1 1E-1",
                "M0 0Z",
                "M0 0zm1 1",
                "M0 0L1 1,2 2",
                "M0 0H1 2 3V4",
                "M0 0C1 1 2 2 3 3S4 4 5 5",
                "M0 0Q1 1 2 2T3 3",
                "M0 0A1 1 0 0 1 2 2",
                "M0 0a9 9 0 1018-1",
                "M0 0a9 9 0 1,0,18-1",
                "M0 0a1 1 0 00.5.5 1 1 0 11.5.5",
                "M0\t0\n1 1\n",
                "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18 M12 7l4.500 8h-9z",
            })
    void takesPathData(String path) {
        assertThat(read(path)).isInstanceOf(ManifestResult.Good.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "L0 0 | does not start with M at character 1",
                "M | A number is missing at character 2",
                "M0 | A number is missing at character 3",
                "M0 0 1 | A number is missing",
                "M0 0, | A number is missing",
                "M0,,0 | A number is missing at character 4",
                "M0 0Z1 | There is no path command like that at character 6",
                "M0 0 X | There is no path command like that",
                "M1. 0 | Digits after the point are missing at character 3",
                "M. 0 | Digits after the point are missing",
                "M1e 0 | Digits of the exponent are missing",
                "M-+1 0 | A number is missing",
                "M0 0A1 1 0 2 0 1 1 | flag, 0 or 1, is missing",
                "M0 0A-1 1 0 0 0 1 1 | out of range",
                "M1001 0 | out of range at character 2",
                "M1e99 0 | out of range",
                "M0 0C1 1 2 2 3 | A number is missing",
                "M0 0;alert(1) | There is no path command like that",
                "M０ 0 | A number is missing",
                "url(#x) | does not start with M",
            })
    void refusesAnythingElse(String path, String what) {
        assertThat(read(path)).isInstanceOfSatisfying(ManifestResult.Bad.class, bad -> assertThat(bad.problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo("icon.path");
                    assertThat(problem.what()).contains(what);
                }));
    }

    private static ManifestResult read(String path) {
        String quoted = path.replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("\r", "\\r")
                .replace("\f", "\\f");
        return new ManifestReader()
                .read("x.yaml", ManifestSamples.SMALLEST.replace("path: M4 4h16v16H4z", "path: \"" + quoted + "\""));
    }
}
