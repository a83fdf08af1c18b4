package org.datalabs.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema, the page and the reader describe one format. */
class ManifestSchemaTest {
    private static final Path PAGE = Path.of("docs/datalab-yaml.md");

    private final YAMLMapper yaml = new YAMLMapper();
    private final JsonNode schemaNode = schemaNode();
    private final JsonSchema schema =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schemaNode);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "licence: MIT | licence: MIT AND BSD-3-Clause",
                "licence: MIT | licence: ''",
                "licence: MIT | licence: [MIT]",
                "licence: MIT | license: MIT",
                "licence: MIT | licence: 3",
                "licence: MIT | licence: null",
                "licence: MIT | keywords: []",
                "id: tiny | id: Tiny",
                "id: tiny | id: tiny-2",
                "id: tiny | id: -tiny",
                "id: tiny | id: tiny-",
                "id: tiny | id: 1",
                "id: tiny | id: '1'",
                "kind: desktop | kind: web",
                "kind: desktop | kind: WEB",
                "kind: desktop | kind: true",
                "summary: Something tiny. | summary: \"two\\nlines\"",
                "summary: Something tiny. | summary: \"  \"",
                "summary: Something tiny. | summary: \"a\\u0007\"",
                "summary: Something tiny. | summary: Überblick über 🔭",
                "description: Does little. | description: \"a\\n\\tb\"",
                "description: Does little. | description: \"a\\u0000b\"",
                "description: Does little. | description: ''",
                "maintainer: {name: Someone} | maintainer: {}",
                "maintainer: {name: Someone} | maintainer: {name: Someone, mail: x}",
                "maintainer: {name: Someone} | maintainer: {name: Someone, url: 'https://example.org/a?b=c#d'}",
                "maintainer: {name: Someone} | maintainer: {name: Someone, url: 'http://example.org:8080'}",
                "maintainer: {name: Someone} | maintainer: {name: Someone, url: 'ftp://example.org'}",
                "maintainer: {name: Someone} | maintainer: {name: Someone, url: 'https://user@example.org'}",
                "maintainer: {name: Someone} | maintainer: {name: Someone, url: 'https://'}",
                "maintainer: {name: Someone} | maintainer: {name: Someone, url: 'javascript:alert(1)'}",
                "maintainer: {name: Someone} | maintainer: {name: Someone, url: 'https://example.org/a b'}",
                "tint: teal | tint: red",
                "tint: teal | tint: gray",
                "path: M4 4h16v16H4z | path: 'L4 4'",
                "path: M4 4h16v16H4z | path: 'M4 4<script>'",
                "path: M4 4h16v16H4z | path: 'm-.5.5 1e1,2 3,4a9 9 0 1018-1'",
                "path: M4 4h16v16H4z | path: \"M4 4\\n\\th16\"",
                "path: M4 4h16v16H4z | path: \"M4 4\\rh16\"",
                "domains: [Astronomy] | domains: []",
                "domains: [Astronomy] | domains: [Astronomy, Astronomy]",
                "domains: [Astronomy] | domains: ['']",
                "domains: [Astronomy] | domains: Astronomy",
                "domains: [Astronomy] | domains: [1]",
                "domains: [Astronomy] | links: [{title: A, url: 'https://example.org'}]",
                "domains: [Astronomy] | links: [{title: A}]",
                "least: {cpu: 0.5, memory: 512 MB} | least: {cpu: 1e-1, memory: 0.5 GB, gpu: 0}",
                "least: {cpu: 0.5, memory: 512 MB} | least: {cpu: 0, memory: 512 MB}",
                "least: {cpu: 0.5, memory: 512 MB} | least: {cpu: '1', memory: 512 MB}",
                "least: {cpu: 0.5, memory: 512 MB} | least: {cpu: 0.5, memory: 512}",
                "least: {cpu: 0.5, memory: 512 MB} | least: {cpu: 0.5, memory: 512MB}",
                "least: {cpu: 0.5, memory: 512 MB} | least: {cpu: 0.5, memory: 512 MiB}",
                "least: {cpu: 0.5, memory: 512 MB} | least: {cpu: 0.5, memory: -512 MB}",
                "least: {cpu: 0.5, memory: 512 MB} | least: {cpu: 0.5}",
                "most: {cpu: 4, memory: 8 GB} | most: {cpu: 4, memory: 8 GB, gpu: 64}",
                "most: {cpu: 4, memory: 8 GB} | most: {cpu: 4, memory: 8 GB, gpu: 65}",
                "most: {cpu: 4, memory: 8 GB} | most: {cpu: 4, memory: 8 GB, gpu: 1.5}",
                "most: {cpu: 4, memory: 8 GB} | most: {cpu: 4, memory: 8 GB, gpu: 1.0}",
                "most: {cpu: 4, memory: 8 GB} | most: {cpu: 1025, memory: 8 GB}",
                "recommended: small | recommended: Small",
                "name: Small | name: ''",
                "name: Small | note: x",
                "name: '1' | name: 1.0",
                "name: '1' | name: '1.0-rc.1+x'",
                "name: '1' | name: '.1'",
                "released: 2026-01-31 | released: 31.1.2026",
                "released: 2026-01-31 | released: 20260131",
                "image: 'datalabs/tiny:1' | image: 'tiny'",
                "image: 'datalabs/tiny:1' | image: 'tiny:latest'",
                "image: 'datalabs/tiny:1' | image: 'localhost:5000/a/b_c:1.2-x'",
                "image: 'datalabs/tiny:1' | image: 'tiny@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'",
                "image: 'datalabs/tiny:1' | image: 'tiny@sha256:01'",
                "image: 'datalabs/tiny:1' | image: 'a b:1'",
                "image: 'datalabs/tiny:1' | notes: nothing to run",
                "image: 'datalabs/tiny:1' | local: {command: [tiny]}",
                "image: 'datalabs/tiny:1' | local: {command: [/usr/bin/tiny, '', a b, '{socket}']}",
                "image: 'datalabs/tiny:1' | local: {command: []}",
                "image: 'datalabs/tiny:1' | local: {command: tiny}",
                "image: 'datalabs/tiny:1' | local: {command: ['']}",
                "image: 'datalabs/tiny:1' | local: {command: [sh -c x]}",
                "image: 'datalabs/tiny:1' | local: {command: [tiny, 1]}",
                "image: 'datalabs/tiny:1' | local: {command: [tiny, \"a\\nb\"]}",
                "image: 'datalabs/tiny:1' | local: {}",
                "image: 'datalabs/tiny:1' | local: {command: [tiny], needs: [{program: tiny, package: tiny}]}",
                "image: 'datalabs/tiny:1' | local: {command: [tiny], needs: [{program: tiny}]}",
                "image: 'datalabs/tiny:1' | local: {command: [tiny], needs: [{program: tiny, package: Tiny}]}",
                "image: 'datalabs/tiny:1' | local: {command: [tiny], environment: {A_1: '', b: x}}",
                "image: 'datalabs/tiny:1' | local: {command: [tiny], environment: {A-1: x}}",
                "image: 'datalabs/tiny:1' | local: {command: [tiny], environment: {A: 1}}",
                "image: 'datalabs/tiny:1' | local: {command: [tiny], environment: [A]}",
            })
    void agreesWithTheReader(String from, String to) throws IOException {
        assertThat(ManifestSamples.SMALLEST).contains(from);
        agree(ManifestSamples.SMALLEST.replace(from, to));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "port: 1",
                "port: 65535",
                "port: 0",
                "port: 65536",
                "port: '80'",
                "base: /",
                "base: '{base}lab'",
                "base: lab",
                "base: '{token}'",
                "ready: ''",
                "ready: api/status?x=1",
                "ready: /api",
                "ready: a/../b",
                "ready: 'a b'",
                "authorization: 'token {token}'",
                "authorization: ''",
                "authorization: \"a\\nb\"",
                "authorization: 'ü'",
                "notes: ''",
                "notes: |\n      a\n      b",
                "home: personal",
                "home: temporary",
                "home: shared",
                "size: 600 MB",
                "size: 600",
                "size: lots",
                "deprecated: true",
                "deprecated: 'true'",
                "deprecated: 1",
                "unknown: 1",
            })
    void agreesWithTheReaderAboutVersions(String field) throws IOException {
        agree(ManifestSamples.SMALLEST + "    " + field + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{volume: a, path: /data/a}",
                "{volume: a, path: /data/a, importance: required, readOnly: false}",
                "{volume: a, path: /data/a, importance: Required}",
                "{volume: a, path: /data/a, readOnly: 0}",
                "{volume: A, path: /data/a}",
                "{volume: a}",
                "{volume: a, path: data}",
                "{volume: a, path: /}",
                "{volume: a, path: /data/}",
                "{volume: a, path: /data//a}",
                "{volume: a, path: /data/../a}",
                "{volume: a, path: /data/..a}",
                "{volume: a, path: /data/a..}",
                "{volume: a, path: /data/.}",
                "{volume: a, path: '/data:a'}",
                "{volume: a, path: /etc}",
                "{volume: a, path: /etc/a}",
                "{volume: a, path: /etcetera}",
                "{volume: a, path: /lib64/a}",
                "{volume: a, path: /library}",
                "{volume: a, path: /tmp}",
                "{volume: a, path: /tmp/a}",
                "{volume: a, path: /tmp/.X11-unix}",
                "{volume: a, path: /home/user}",
                "{volume: a, path: /home/user/a}",
                "{volume: a, path: /opt}",
                "{volume: a, path: /opt/a}",
                "{volume: a, path: \"/data/a\\tb\"}",
            })
    void agreesWithTheReaderAboutVolumes(String volume) throws IOException {
        agree(ManifestSamples.SMALLEST + "volumes: [" + volume + "]\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: x, label: X, type: string, default: ''}",
                "{name: x, label: X, type: string}",
                "{name: X, label: X, type: string, default: ''}",
                "{name: x, label: '', type: string, default: ''}",
                "{name: x, label: X, type: text, default: ''}",
                "{name: x, label: X, type: integer, default: 5, minimum: 1, maximum: 9}",
                "{name: x, label: X, type: integer, default: '5'}",
                "{name: x, label: X, type: integer, default: 5, minimum: '1'}",
                "{name: x, label: X, type: number, default: 0.5, maximum: 1e2}",
                "{name: x, label: X, type: boolean, default: true}",
                "{name: x, label: X, type: boolean, default: true, minimum: 0}",
                "{name: x, label: X, type: choice, default: a, choices: [a, b]}",
                "{name: x, label: X, type: choice, default: a}",
                "{name: x, label: X, type: choice, default: a, choices: []}",
                "{name: x, label: X, type: choice, default: a, choices: [a, a]}",
                "{name: x, label: X, type: string, default: a, choices: [a]}",
                "{name: x, label: X, type: path, default: '', help: Help., environment: A_B}",
                "{name: x, label: X, type: path, default: '', environment: HOME}",
                "{name: x, label: X, type: path, default: '', environment: HOMES}",
                "{name: x, label: X, type: path, default: '', environment: LD_PRELOAD}",
                "{name: x, label: X, type: path, default: '', environment: 1A}",
                "{name: x, label: X, type: path, default: [], help: ''}",
                "{name: x, label: X, type: path, default: null}",
            })
    void agreesWithTheReaderAboutOptions(String option) throws IOException {
        agree(ManifestSamples.SMALLEST + "options: [" + option + "]\n");
    }

    @Test
    void agreesWithTheReaderAboutWholeManifests() throws IOException {
        assertThat(agree(ManifestSamples.FULL)).isTrue();
        assertThat(agree(ManifestSamples.SMALLEST)).isTrue();
        assertThat(agree("[]")).isFalse();
        assertThat(agree("{}")).isFalse();
        for (String field : ManifestSamples.SMALLEST.split("\n(?=[a-z])")) {
            agree(ManifestSamples.SMALLEST.replace(field + "\n", ""));
        }
        for (String field : ManifestSamples.FULL.split("\n(?=[a-z])")) {
            agree(ManifestSamples.FULL.replace(field + "\n", ""));
        }
        agree(ManifestSamples.SMALLEST.replace("Something tiny.", "x".repeat(200)));
        agree(ManifestSamples.SMALLEST.replace("Something tiny.", "x".repeat(201)));
        agree(ManifestSamples.SMALLEST.replace("Something tiny.", "🔭".repeat(200)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recommended: small | recommended: huge",
                "released: 2026-01-31 | released: 2026-02-30",
                "most: {cpu: 4, memory: 8 GB} | most: {cpu: 0.1, memory: 8 GB}",
                "image: 'datalabs/tiny:1' | local: {command: [tiny, '{sokcet}']}",
                "path: M4 4h16v16H4z | path: M4 4h16v16H4z1",
                "cpu: 0.5 | cpu: 0.0005",
            })
    void leavesRulesBetweenFieldsToTheReader(String from, String to) throws IOException {
        String text = ManifestSamples.SMALLEST.replace(from, to);
        assertThat(reads(text)).isFalse();
        if (!to.contains("02-30") && !to.contains("0.0005")) {
            assertThat(fits(text)).isTrue();
        }
    }

    @Test
    void describesEveryField() {
        for (String field : fields(schemaNode, "")) {
            JsonNode node = at(field);
            assertThat(node.path("description").asText())
                    .as("description of %s", field)
                    .isNotBlank();
        }
    }

    @Test
    void documentsEveryFieldAndNoOther() throws IOException {
        Set<String> documented = new LinkedHashSet<>();
        Matcher row = Pattern.compile("(?m)^\\| `([a-zA-Z\\[\\].]+)` \\| (yes|for `choice`)? ?\\|")
                .matcher(Files.readString(PAGE));
        while (row.find()) {
            documented.add(row.group(1));
        }
        assertThat(documented).containsExactlyInAnyOrderElementsOf(fields(schemaNode, ""));
    }

    @Test
    void showsAnExampleThatReads() throws IOException {
        Matcher example = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(Files.readString(PAGE));
        int count = 0;
        while (example.find()) {
            assertThat(agree(example.group(1))).isTrue();
            count++;
        }
        assertThat(count).isEqualTo(1);
    }

    private boolean agree(String text) throws IOException {
        assertThat(fits(text))
                .as(
                        "%s%nreader: %s%nschema: %s",
                        text, new ManifestReader().read("x", text), schema.validate(tree(text)))
                .isEqualTo(reads(text));
        return reads(text);
    }

    private boolean reads(String text) {
        return new ManifestReader().read("x.yaml", text) instanceof ManifestResult.Good;
    }

    private boolean fits(String text) throws IOException {
        return schema.validate(tree(text)).isEmpty();
    }

    private JsonNode tree(String text) throws IOException {
        return yaml.readTree(text);
    }

    /** Paths of all fields, with {@code []} for the items of a list. */
    private Set<String> fields(JsonNode node, String path) {
        Set<String> found = new LinkedHashSet<>();
        JsonNode resolved = resolved(node);
        resolved.path("properties").properties().forEach(property -> {
            String field = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            found.add(field);
            found.addAll(fields(property.getValue(), field));
        });
        if (resolved.has("items")) {
            found.addAll(fields(resolved.get("items"), path + "[]"));
        }
        return found;
    }

    private JsonNode at(String field) {
        JsonNode node = schemaNode;
        for (String step : field.split("\\.")) {
            boolean item = step.endsWith("[]");
            node = resolved(node).path("properties").path(item ? step.substring(0, step.length() - 2) : step);
            if (item) {
                node = resolved(node).path("items");
            }
        }
        return node;
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText("");
        return reference.isEmpty() ? node : schemaNode.at(reference.substring(1));
    }

    private static JsonNode schemaNode() {
        try (InputStream in = ManifestReader.class.getResourceAsStream("datalab.schema.json")) {
            assertThat(in).isNotNull();
            return new ObjectMapper().readTree(in);
        } catch (IOException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
