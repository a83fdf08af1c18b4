package org.datalabs.core.catalogue.manifest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.datalabs.core.catalogue.ActivitySource;
import org.datalabs.core.catalogue.ConfigurationOption;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.LocalCommand;
import org.datalabs.core.catalogue.Need;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.yaml.Fields;
import org.datalabs.core.yaml.Node;
import org.datalabs.core.yaml.Numbers;
import org.datalabs.core.yaml.Problems;
import org.datalabs.core.yaml.TextForm;
import org.jspecify.annotations.Nullable;

/** Reads the versions of a datalab. */
final class VersionReader {
    private static final int MOST_VERSIONS = 100;
    private static final int MOST_WORDS = 100;
    private static final int LONGEST_WORD = 4000;
    private static final int MOST_NEEDS = 20;
    private static final int MOST_VARIABLES = 50;
    private static final int LONGEST_NOTES = 20_000;
    private static final int DEFAULT_PORT = 10_000;
    private static final int HIGHEST_PORT = 65_535;
    private static final List<String> FIELDS = List.of(
            "name",
            "released",
            "image",
            "port",
            "base",
            "ready",
            "authorization",
            "activity",
            "home",
            "notes",
            "size",
            "deprecated",
            "local");

    private final Problems problems;
    private final Kind kind;
    private final TextForm word;

    VersionReader(Problems problems, Kind kind, List<ConfigurationOption> options) {
        this.problems = problems;
        this.kind = kind;
        Set<String> known = new TreeSet<>(Placeholders.OF_COMMANDS);
        options.forEach(option -> known.add(Placeholders.OPTION + option.name()));
        this.word = TextForm.checked(
                LONGEST_WORD,
                text -> Placeholders.error(text, known),
                "Give one word of the command; placeholders are lower-case words in braces.");
    }

    List<Version> versions(Fields fields) {
        List<Version> earlier = new ArrayList<>();
        fields.someItems(
                "versions",
                MOST_VERSIONS,
                "Give at least one version, the newest first.",
                (node, path) -> earlier.add(version(node, path, earlier)));
        return earlier;
    }

    private Version version(Node node, String path, List<Version> earlier) {
        Fields own = Fields.of(node, path, problems, FIELDS);
        String name = own.text("name", Forms.VERSION);
        if (!name.isEmpty() && earlier.stream().anyMatch(other -> other.name().equals(name))) {
            own.problem("name", "The version " + name + " is given twice.", "Give each release a name of its own.");
        }
        if (!own.has("image") && !own.has("local")) {
            problems.add(
                    node.at(), path, "The version has nothing to run.", "Give image, for clusters, or local, or both.");
        }
        return new Version(
                name,
                released(own, earlier),
                own.textOrNull("image", Forms.IMAGE),
                own.optional("local")
                        .map(local -> local(local, own.field("local")))
                        .orElse(null),
                own.integer("port", 1, HIGHEST_PORT, DEFAULT_PORT),
                own.text("base", Forms.BASE, "{base}"),
                own.text("ready", Forms.READY, ""),
                own.textOrNull("authorization", Forms.AUTHORIZATION),
                own.has("activity")
                        ? own.word("activity", Words.all(ActivitySource.class), ActivitySource.JUPYTER)
                        : null,
                own.word("home", Words.all(Home.class), Home.PERSONAL),
                own.text("notes", TextForm.paragraphs(LONGEST_NOTES).orEmpty(), ""),
                size(own),
                own.flag("deprecated", false));
    }

    private static LocalDate released(Fields own, List<Version> earlier) {
        String text = own.text("released", Forms.DATE);
        if (text.isEmpty()) {
            return earlier.isEmpty()
                    ? LocalDate.EPOCH
                    : earlier.get(earlier.size() - 1).released();
        }
        LocalDate released = LocalDate.parse(text);
        if (!earlier.isEmpty()
                && released.isAfter(earlier.get(earlier.size() - 1).released())) {
            own.problem(
                    "released",
                    "This version is newer than the one before it.",
                    "List versions with the newest first.");
        }
        return released;
    }

    private static @Nullable Long size(Fields own) {
        String text = own.textOrNull("size", Forms.AMOUNT);
        return text == null ? null : Numbers.bytes(text).orElse(null);
    }

    private LocalCommand local(Node node, String path) {
        Fields own = Fields.of(node, path, problems, List.of("command", "needs", "environment"));
        List<String> command = own.someItems(
                "command",
                MOST_WORDS,
                "Give program and arguments as a list, such as [topcat].",
                (item, field) -> own.text(item, field, command(field)));
        List<Need> needs = own.items("needs", MOST_NEEDS, this::need);
        Map<String, String> environment =
                own.textsByName("environment", Forms.VARIABLE, word.orEmpty(), MOST_VARIABLES);
        boolean listens = Stream.concat(command.stream(), environment.values().stream())
                .anyMatch(text -> Placeholders.mentions(text, "socket") || Placeholders.mentions(text, "port"));
        if (kind == Kind.WEB && !command.isEmpty() && !listens) {
            own.problem(
                    "command",
                    "The command does not say where the web datalab listens.",
                    "Pass {socket}, the path of a UNIX socket, or {port}, a TCP port.");
        }
        return new LocalCommand(command, needs, environment);
    }

    /** The first word is a program, the others are what they are. */
    private TextForm command(String field) {
        return field.endsWith(".command[0]") ? Forms.PROGRAM : word.orEmpty();
    }

    private Need need(Node node, String path) {
        Fields own = Fields.of(node, path, problems, List.of("program", "package"));
        return new Need(own.text("program", Forms.PROGRAM), own.text("package", Forms.DEBIAN_PACKAGE));
    }
}
