package org.datalabs.core.catalogue.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datalabs.core.catalogue.ConfigurationOption;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.DeclaredVolume;
import org.datalabs.core.catalogue.Icon;
import org.datalabs.core.catalogue.Icon.Tint;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.Link;
import org.datalabs.core.catalogue.Maintainer;
import org.datalabs.core.catalogue.ManifestProblem;
import org.datalabs.core.catalogue.ManifestResult;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.yaml.Fields;
import org.datalabs.core.yaml.Mistake;
import org.datalabs.core.yaml.Node;
import org.datalabs.core.yaml.Problems;
import org.datalabs.core.yaml.TextForm;
import org.datalabs.core.yaml.YamlTree;

/** Reads a whole manifest. */
public final class DatalabReader {
    static final String FORMAT = "datalabs/v1";
    private static final String EXPECTED = "Describe a datalab, starting with apiVersion: datalabs/v1.";
    private static final List<String> FIELDS = List.of(
            "apiVersion",
            "id",
            "name",
            "kind",
            "summary",
            "description",
            "maintainer",
            "licence",
            "icon",
            "domains",
            "missions",
            "instruments",
            "themes",
            "keywords",
            "links",
            "resources",
            "versions",
            "volumes",
            "options");
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_SUMMARY = 200;
    private static final int LONGEST_DESCRIPTION = 20_000;
    private static final int LONGEST_TERM = 60;
    private static final int MOST_TERMS = 50;
    private static final int MOST_LINKS = 20;

    private final Problems problems;

    private DatalabReader(Problems problems) {
        this.problems = problems;
    }

    /** Reads the manifest in {@code text}; {@code file} is the name that problems carry. */
    public static ManifestResult read(String file, String text) {
        Problems problems = new Problems(file);
        Optional<Datalab> datalab =
                YamlTree.read(text, EXPECTED, problems).flatMap(node -> new DatalabReader(problems).datalab(node));
        return datalab.isPresent() && problems.isEmpty()
                ? new ManifestResult.Good(datalab.get())
                : new ManifestResult.Bad(
                        problems.sorted().stream().map(DatalabReader::problem).toList());
    }

    private static ManifestProblem problem(Mistake mistake) {
        return new ManifestProblem(
                mistake.file(), mistake.line(), mistake.column(), mistake.field(), mistake.what(), mistake.remedy());
    }

    /** Empty when there is a problem; then everything else has been checked nevertheless. */
    private Optional<Datalab> datalab(Node root) {
        Fields fields = Fields.of(root, "", problems, FIELDS);
        fields.word("apiVersion", Map.of(FORMAT, FORMAT), null);
        String id = fields.text("id", Forms.DNS_LABEL);
        Kind kind = fields.word("kind", Words.all(Kind.class), null);
        List<ConfigurationOption> options = new OptionReader(problems).options(fields);
        List<Version> versions = new VersionReader(problems, kind, options).versions(fields);
        ResourcesReader.Result resources = new ResourcesReader(problems).resources(fields);
        List<DeclaredVolume> volumes = new VolumeReader(problems).volumes(fields);
        TextForm term = TextForm.line(LONGEST_TERM);
        String name = fields.text("name", TextForm.line(LONGEST_NAME));
        String summary = fields.text("summary", TextForm.line(LONGEST_SUMMARY));
        String description = fields.text("description", TextForm.paragraphs(LONGEST_DESCRIPTION));
        Maintainer maintainer = maintainer(fields);
        String licence = fields.text("licence", TextForm.line(LONGEST_SUMMARY));
        Icon icon = icon(fields);
        List<String> domains = fields.texts("domains", term, MOST_TERMS);
        List<String> missions = fields.texts("missions", term, MOST_TERMS);
        List<String> instruments = fields.texts("instruments", term, MOST_TERMS);
        List<String> themes = fields.texts("themes", term, MOST_TERMS);
        List<String> keywords = fields.texts("keywords", term, MOST_TERMS);
        List<Link> links = fields.items("links", MOST_LINKS, this::link);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Datalab(
                new DatalabId(id),
                name,
                kind,
                summary,
                description,
                maintainer,
                licence,
                icon,
                domains,
                missions,
                instruments,
                themes,
                keywords,
                links,
                versions,
                resources.presets(),
                resources.recommended(),
                resources.limits(),
                volumes,
                options));
    }

    private Maintainer maintainer(Fields fields) {
        Optional<Node> node = fields.required("maintainer", "Give {name: \"...\", url: \"https://...\"}.");
        if (node.isEmpty()) {
            return new Maintainer("", null);
        }
        Fields own = Fields.of(node.get(), "maintainer", problems, List.of("name", "url"));
        return new Maintainer(own.text("name", TextForm.line(120)), own.textOrNull("url", Forms.URL));
    }

    private Icon icon(Fields fields) {
        Optional<Node> node = fields.required("icon", "Give {path: SVG path data, tint: a colour}.");
        if (node.isEmpty()) {
            return new Icon("", Tint.GRAY);
        }
        Fields own = Fields.of(node.get(), "icon", problems, List.of("path", "tint"));
        return new Icon(own.text("path", Forms.ICON), own.word("tint", Words.all(Tint.class), null));
    }

    private Link link(Node node, String path) {
        Fields own = Fields.of(node, path, problems, List.of("title", "url"));
        return new Link(own.text("title", TextForm.line(100)), own.text("url", Forms.URL));
    }
}
