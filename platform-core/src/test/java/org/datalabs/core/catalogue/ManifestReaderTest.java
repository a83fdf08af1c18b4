package org.datalabs.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.datalabs.core.volume.VolumeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
    private final ManifestReader reader = new ManifestReader();

    @Test
    void readsEveryField() {
        Datalab datalab = good(ManifestSamples.FULL);
        assertThat(datalab.id()).isEqualTo(new DatalabId("topcat"));
        assertThat(datalab.kind()).isEqualTo(Kind.WEB);
        assertThat(datalab.description()).isEqualTo("Reads *tables*.\n\nAnd plots them.");
        assertThat(datalab.maintainer()).isEqualTo(new Maintainer("Mark Taylor", "https://www.star.bris.ac.uk/~mbt/"));
        assertThat(datalab.icon()).isEqualTo(new Icon("M4 4h16v16H4z", Icon.Tint.TEAL));
        assertThat(datalab.keywords()).containsExactly("votable", "samp");
        assertThat(datalab.limits().least()).isEqualTo(new Resources(500, 512L << 20, 0));
        assertThat(datalab.presets())
                .containsExactly(
                        new ResourcePreset("small", "Small", Resources.of(1, 2), "Up to a million rows"),
                        new ResourcePreset("large", "Large", new Resources(4000, 3L << 29, 1), ""));
        Version version = datalab.versions().get(0);
        assertThat(version.released()).isEqualTo(LocalDate.of(2022, 3, 1));
        assertThat(version.image()).isEqualTo("registry.example.org/datalabs/topcat:4.8");
        assertThat(version.port()).isEqualTo(8888);
        assertThat(version.authorization()).isEqualTo("token {token}");
        assertThat(version.home()).isEqualTo(Home.TEMPORARY);
        assertThat(version.sizeBytes()).isEqualTo(600L << 20);
        LocalCommand local = version.local();
        assertThat(local).isNotNull();
        assertThat(local.command()).containsExactly("topcat", "--socket", "{socket}", "{\"a\":1}", "{option.rows}", "");
        assertThat(local.needs()).containsExactly(new Need("topcat", "topcat"));
        assertThat(local.environment()).isEqualTo(Map.of("OMP_NUM_THREADS", "2"));
        Version older = datalab.versions().get(1);
        assertThat(older.port()).isEqualTo(10_000);
        assertThat(older.basePath()).isEqualTo("{base}");
        assertThat(older.home()).isEqualTo(Home.PERSONAL);
        assertThat(older.deprecated()).isTrue();
        assertThat(datalab.volumes())
                .containsExactly(
                        new DeclaredVolume(
                                new VolumeId("samples"), "/data/samples", DeclaredVolume.Importance.REQUIRED, true),
                        new DeclaredVolume(
                                new VolumeId("gaia"), "/data/gaia", DeclaredVolume.Importance.SUGGESTED, true));
        assertThat(datalab.options().get(0))
                .isEqualTo(new ConfigurationOption(
                        "rows",
                        "Rows",
                        ConfigurationOption.Type.INTEGER,
                        "1000",
                        List.of(),
                        1.0,
                        1e6,
                        "How many rows to show.",
                        "ROWS"));
        assertThat(datalab.options().get(2).choices()).containsExactly("fast", "exact");
    }

    @Test
    void readsTheSmallestManifest() {
        assertThat(good(ManifestSamples.SMALLEST).volumes()).isEmpty();
    }

    @Test
    void namesFileLineColumnFieldAndRemedy() {
        String text = ManifestSamples.SMALLEST.replace("kind: desktop", "kind: dekstop");
        assertThat(bad(text))
                .containsExactly(new ManifestProblem(
                        "x.yaml", 4, 7, "kind", "dekstop is not possible here.", "Did you mean desktop?"));
    }

    @Test
    void findsAllMistakesInTheOrderOfTheFile() {
        String text = ManifestSamples.SMALLEST
                .replace("id: tiny", "id: Tiny!")
                .replace("licence: MIT", "license: MIT")
                .replace("cpu: 1, memory: 2 GB", "cpu: 0, memory: much")
                .replace("released: 2026-01-31", "released: 2026-02-31");
        assertThat(bad(text))
                .extracting(ManifestProblem::field)
                .containsExactly(
                        "licence",
                        "id",
                        "license",
                        "resources.presets[0].cpu",
                        "resources.presets[0].memory",
                        "versions[0].released");
        assertThat(bad(text)).extracting(ManifestProblem::remedy).contains("Did you mean licence?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "icon: {path: M4 4h16v16H4z, tint: teal} | icon: {path: M4 4h16v16H4q, tint: teal} | icon.path | A number is missing at character",
                "maintainer: {name: Someone} | maintainer: {name: Someone, url: 'javascript:alert(1)'} | maintainer.url | not a web address",
                "maintainer: {name: Someone} | maintainer: Someone | maintainer | not a group of fields",
                "image: 'datalabs/tiny:1' | image: 'datalabs/tiny' | versions[0].image | another image tomorrow",
                "image: 'datalabs/tiny:1' | image: 'datalabs/tiny:latest' | versions[0].image | another image tomorrow",
                "image: 'datalabs/tiny:1' | image: 'Data labs/tiny:1' | versions[0].image | not an image reference",
                "image: 'datalabs/tiny:1' | notes: none | versions[0] | nothing to run",
                "image: 'datalabs/tiny:1' | local: {command: [tiny, '{sokcet}']} | versions[0].local.command[1] | Did you mean {socket}?",
                "image: 'datalabs/tiny:1' | local: {command: ['{home}/tiny']} | versions[0].local.command[0] | not possible",
                "image: 'datalabs/tiny:1' | local: {command: []} | versions[0].local.command | list is empty",
                "image: 'datalabs/tiny:1' | local: {command: [tiny], environment: {1A: x}} | versions[0].local.environment.1A | not possible",
                "image: 'datalabs/tiny:1' | local: {command: [tiny, 12]} | versions[0].local.command[1] | takes 12 for a number",
                "name: '1' | name: 1.10 | versions[0].name | takes 1.10 for a number",
                "name: '1' | name: ~ | versions[0].name | nothing, not a text",
                "name: '1' | port: 99999 | versions[0].port | 99999 is not possible",
                "name: '1' | port: 80.5 | versions[0].port | 80.5 is not possible",
                "name: '1' | port: '80' | versions[0].port | a text that cannot be used as a number",
                "name: '1' | deprecated: 'true' | versions[0].deprecated | a text, not true or false",
                "name: '1' | home: shared | versions[0].home | Give one of personal, temporary",
                "name: '1' | ready: /absolute | versions[0].ready | not possible",
                "name: '1' | base: 'x/{base}' | versions[0].base | not possible",
                "name: '1' | authorization: 'token {password}' | versions[0].authorization | no placeholder {password}",
                "name: '1' | size: 12 | versions[0].size | takes 12 for a number",
                "recommended: small | recommended: huge | resources.recommended | no preset huge",
                "most: {cpu: 4, memory: 8 GB} | most: {cpu: 0.1, memory: 8 GB} | resources.most | below the least",
                "most: {cpu: 4, memory: 8 GB} | most: {cpu: 4, memory: 1 GB} | resources.presets[0].memory | outside the limits",
                "most: {cpu: 4, memory: 8 GB} | most: {cpu: 4, memory: 8 GB, gpu: -1} | resources.most.gpu | -1 is not possible",
                "most: {cpu: 4, memory: 8 GB} | most: {cpu: 0.0001, memory: 8 GB} | resources.most.cpu | cores are not possible",
                "domains: [Astronomy] | domains: [Astronomy, Astronomy] | domains[1] | given twice",
                "domains: [Astronomy] | domains: Astronomy | domains | not a list",
                "domains: [Astronomy] | volumes: [{volume: a, path: /etc/a}] | volumes[0].path | belongs to the system",
                "domains: [Astronomy] | volumes: [{volume: a, path: /data/a}, {volume: b, path: /data/a/b}] | volumes[1].path | already uses",
                "domains: [Astronomy] | volumes: [{volume: a, path: /data/a}, {volume: a, path: /data/b}] | volumes[1].volume | given twice",
                "domains: [Astronomy] | options: [{name: x, label: X, type: integer, default: 5, minimum: 6}] | options[0].default | not accepted",
                "domains: [Astronomy] | options: [{name: x, label: X, type: choice, default: a}] | options[0].choices | missing",
                "domains: [Astronomy] | options: [{name: x, label: X, type: boolean, default: maybe}] | options[0].default | not accepted",
                "domains: [Astronomy] | options: [{name: x, label: X, type: string, default: a, choices: [a]}] | options[0].choices | Only options",
                "domains: [Astronomy] | options: [{name: x, label: X, type: string, default: a, maximum: 3}] | options[0].maximum | Only numbers",
                "domains: [Astronomy] | options: [{name: x, label: X, type: string, default: a, environment: PATH}] | options[0].environment | platform sets",
                "domains: [Astronomy] | options: [{name: x, label: X, type: number, default: 5, minimum: 6, maximum: 3}] | options[0].maximum | below the minimum",
                "apiVersion: datalabs/v1 | apiVersion: datalabs/v2 | apiVersion | not possible",
                "summary: Something tiny. | summary: '' | summary | empty",
                "summary: Something tiny. | summary: \"a\\tb\" | summary | control characters",
            })
    void refuses(String from, String to, String field, String what) {
        assertThat(ManifestSamples.SMALLEST).contains(from);
        String text = ManifestSamples.SMALLEST.replace(from, to);
        assertThat(bad(text)).anySatisfy(problem -> {
            assertThat(problem.field()).isEqualTo(field);
            assertThat(problem.what() + " " + problem.remedy()).contains(what);
            assertThat(problem.line()).isGreaterThan(0);
            assertThat(problem.remedy()).isNotBlank();
        });
    }

    @Test
    void refusesAWebDatalabThatListensNowhere() {
        String text = ManifestSamples.SMALLEST
                .replace("kind: desktop", "kind: web")
                .replace("image: 'datalabs/tiny:1'", "local: {command: [tiny]}");
        assertThat(bad(text)).singleElement().extracting(ManifestProblem::field).isEqualTo("versions[0].local.command");
        assertThat(good(text.replace("[tiny]", "[tiny], environment: {LISTEN: 'http://127.0.0.1:{port}'}")))
                .isNotNull();
    }

    @Test
    void refusesLongTexts() {
        assertThat(bad(ManifestSamples.SMALLEST.replace("Something tiny.", "x".repeat(201))))
                .singleElement()
                .extracting(ManifestProblem::what)
                .isEqualTo("The text has 201 characters; 200 are allowed.");
        assertThat(good(ManifestSamples.SMALLEST.replace("Something tiny.", "\uD83D\uDD2D".repeat(200))))
                .isNotNull();
    }

    @Test
    void refusesVersionsOutOfOrder() {
        String text = ManifestSamples.SMALLEST + "  - {name: '2', released: 2026-02-01, image: 'datalabs/tiny:2'}\n";
        assertThat(bad(text)).singleElement().extracting(ManifestProblem::field).isEqualTo("versions[1].released");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &x [1]\nb: *x\n",
                "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
                "a: !!java.net.URL [https://example.org]\n",
                "a: !local x\n",
                "a: {b: {c: {d: {e: {f: {g: {h: {i: {j: {k: {l: {m: {n: {o: 1}}}}}}}}}}}}}}\n",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                "a: [1, 2\nb: }\n",
                "a: 'open\n",
                "\ta: 1\n",
                "a: 1\n--- \nb: 2\n",
                "a: \u0000\n",
                "? [complex, key]\n: value\n",
                "%YAML 9.9\n---\na: 1\n",
                "",
                "# nothing\n",
                "just text",
                "- a\n- b\n",
                "null",
            })
    void refusesWhatIsNoManifestAtAll(String text) {
        assertThat(bad(text)).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.file()).isEqualTo("x.yaml");
            assertThat(problem.line()).isGreaterThan(0);
            assertThat(problem.column()).isGreaterThan(0);
            assertThat(problem.text())
                    .doesNotContain("Exception")
                    .doesNotContain("snakeyaml")
                    .doesNotContain("jackson");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "domains: &d [Astronomy] | domains | Anchors (&) and aliases (*) are not allowed.",
                "domains: [&d Astronomy, *d] | domains[1] | Anchors (&) and aliases (*) are not allowed.",
                "domains: [*d] | domains[0] | Anchors (&) and aliases (*) are not allowed.",
                "domains: !!seq [Astronomy] | domains | Tags (!) are not allowed.",
                "domains: [!!str Astronomy] | domains[0] | Tags (!) are not allowed.",
            })
    void refusesAnchorsAliasesAndTags(String line, String field, String what) {
        assertThat(bad(ManifestSamples.SMALLEST.replace("domains: [Astronomy]", line)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo(field);
                    assertThat(problem.what()).isEqualTo(what);
                    assertThat(problem.line()).isEqualTo(10);
                });
    }

    @Test
    void refusesAFieldThatIsGivenTwice() {
        assertThat(bad(ManifestSamples.SMALLEST + "name: Again\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text())
                        .contains("name: This field was already given in line 3.")
                        .startsWith("x.yaml:21:1 "));
    }

    @Test
    void pointsAtTheLineOfASyntaxError() {
        assertThat(bad("apiVersion: datalabs/v1\nname: [a\nkind: b\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.line()).isBetween(2, 3));
    }

    @Test
    void refusesHugeFilesWithoutReadingThemWhole() throws IOException {
        String huge = "# " + "x".repeat(ManifestReader.LONGEST);
        assertThat(bad(huge))
                .singleElement()
                .extracting(ManifestProblem::what)
                .asString()
                .contains("256 kB");
        assertThat(reader.read("x.yaml", new StringReader(huge))).isInstanceOf(ManifestResult.Bad.class);
        assertThat(reader.read("x.yaml", new StringReader(ManifestSamples.FULL)))
                .isInstanceOf(ManifestResult.Good.class);
    }

    @Test
    void staysBoundedOnManyMistakes() {
        StringBuilder text = new StringBuilder();
        for (int field = 0; field < 20_000; field++) {
            text.append("f").append(field).append(": 1\n");
        }
        assertThat(bad(text.toString())).hasSize(100);
    }

    private Datalab good(String text) {
        ManifestResult result = reader.read("x.yaml", text);
        assertThat(result).isInstanceOf(ManifestResult.Good.class);
        return ((ManifestResult.Good) result).datalab();
    }

    private List<ManifestProblem> bad(String text) {
        ManifestResult result = reader.read("x.yaml", text);
        assertThat(result).isInstanceOf(ManifestResult.Bad.class);
        return ((ManifestResult.Bad) result).problems();
    }
}
