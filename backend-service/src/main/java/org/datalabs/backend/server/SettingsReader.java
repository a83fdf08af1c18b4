package org.datalabs.backend.server;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings;
import org.datalabs.backend.store.PostgresSettings;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.Quota;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.yaml.Fields;
import org.datalabs.core.yaml.Mistake;
import org.datalabs.core.yaml.Node;
import org.datalabs.core.yaml.Numbers;
import org.datalabs.core.yaml.Problems;
import org.datalabs.core.yaml.TextForm;
import org.datalabs.core.yaml.YamlTree;
import org.jspecify.annotations.Nullable;

/** Reads the settings of a cluster's service: one YAML file, in which whatever is not known is refused. */
final class SettingsReader {
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_MISTAKES = 5;
    private static final int LONGEST_PATH = 4096;
    private static final int HIGHEST_PORT = 65_535;
    private static final int USUAL_FAREWELL = 5;
    private static final String EXPECTED = "Describe the service, beginning with name, listen and database.";
    private static final List<String> FIELDS = List.of(
            "name",
            "listen",
            "management",
            "database",
            "usersFile",
            "quota",
            "catalogue",
            "idle",
            "origins",
            "kubernetes",
            "volumes",
            "warmPools",
            "farewellSeconds");
    private static final TextForm NAME = TextForm.line(80);
    private static final TextForm ADDRESS =
            TextForm.checked(300, SettingsReader::addressError, "Give HOST:PORT, such as 0.0.0.0:8080.");
    private static final TextForm FILE = TextForm.matching("/.+", LONGEST_PATH, "Give an absolute path.");
    private static final TextForm DATABASE_URL = TextForm.checked(
            1000,
            SettingsReader::databaseUrlError,
            "Give it as jdbc:postgresql://HOST:PORT/NAME, and the password by database.passwordFile.");
    private static final TextForm ROLE = TextForm.line(63);
    private static final TextForm ORIGIN = TextForm.matching(
            "\\{session\\}(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?){2,}(:[0-9]{1,5})?",
            250,
            "Give a host that begins with {session}, such as \"{session}.sessions.example.org\".");

    private static final KubernetesSettings NOWHERE =
            KubernetesSettings.of("none", "none", new KubernetesSettings.Home(null, "1 GB", null, null));

    private final Path file;
    private final Problems problems;
    private final NodeBinder binder;

    private SettingsReader(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
        this.binder = new NodeBinder(problems);
    }

    /**
     * Reads the settings.
     *
     * @throws ProblemException BAD_REQUEST with file, line and field of what is wrong
     */
    static Settings read(Path file) {
        Problems problems = new Problems(file.toString());
        SettingsReader reader = new SettingsReader(file, problems);
        Optional<Settings> settings =
                YamlTree.read(text(file), EXPECTED, problems).map(reader::settings);
        if (settings.isPresent() && problems.isEmpty()) {
            return settings.get();
        }
        throw new ProblemException(Problem.of(
                ProblemCode.BAD_REQUEST,
                told(problems.sorted()),
                "Correct the settings, then start the service again."));
    }

    private Settings settings(Node root) {
        Fields fields = Fields.of(root, "", problems, FIELDS);
        VolumeSettings volumes = VolumeSettings.read(fields, binder, problems);
        return new Settings(
                fields.text("name", NAME),
                address(fields.text("listen", ADDRESS)),
                fields.has("management") ? address(fields.text("management", ADDRESS)) : null,
                database(fields),
                path(fields.text("usersFile", FILE)),
                quota(fields),
                fields.has("catalogue") ? path(fields.text("catalogue", FILE)) : null,
                fields.optional("idle").map(this::idle).orElse(null),
                fields.optional("origins").map(this::origin).orElse(null),
                kubernetes(fields, volumes),
                volumes.volumes(),
                PoolSettings.read(fields, file, problems),
                Duration.ofSeconds(fields.integer("farewellSeconds", 0, 300, USUAL_FAREWELL)));
    }

    private PostgresSettings database(Fields fields) {
        Optional<Node> node = fields.required("database", "Give its url, user and passwordFile.");
        if (node.isEmpty()) {
            return new PostgresSettings("", "", null, 1);
        }
        Fields own = Fields.of(node.get(), "database", problems, List.of("url", "user", "passwordFile", "connections"));
        return new PostgresSettings(
                own.text("url", DATABASE_URL),
                own.text("user", ROLE),
                own.has("passwordFile") ? path(own.text("passwordFile", FILE)) : null,
                own.integer("connections", 2, 200, PostgresSettings.USUAL_CONNECTIONS));
    }

    private Quota quota(Fields fields) {
        Optional<Node> node = fields.required("quota", "Give sessions, cpu, memory and gpu that each user may hold.");
        if (node.isEmpty()) {
            return new Quota(0, Resources.NONE);
        }
        Fields own = Fields.of(node.get(), "quota", problems, List.of("sessions", "cpu", "memory", "gpu"));
        own.required("cpu", "Give a number of cores, such as 20.");
        String cores = "Give a number of cores from 0.001 to 100000.";
        BigDecimal cpu = own.number("cpu", cores).orElse(BigDecimal.ONE);
        BigDecimal millis = cpu.movePointRight(3);
        if (millis.compareTo(BigDecimal.ONE) < 0 || millis.compareTo(BigDecimal.valueOf(100_000_000)) > 0) {
            own.problem("cpu", cpu.toPlainString() + " is not possible here.", cores);
            millis = BigDecimal.ONE;
        }
        long memory = Numbers.bytes(own.text("memory", TextForm.amount())).orElse(0L);
        return new Quota(
                own.integer("sessions", 1, 1000, Quota.DEFAULT_SESSIONS),
                new Resources(millis.intValue(), memory, own.integer("gpu", 0, 10_000, 0)));
    }

    private Duration idle(Node node) {
        Fields own = Fields.of(node, "idle", problems, List.of("pauseAfterMinutes"));
        own.required("pauseAfterMinutes", "Give the minutes after which a session that nobody uses is paused.");
        return Duration.ofMinutes(own.integer("pauseAfterMinutes", 1, 43_200, 1));
    }

    private String origin(Node node) {
        return Fields.of(node, "origins", problems, List.of("pattern")).text("pattern", ORIGIN);
    }

    private KubernetesSettings kubernetes(Fields fields, VolumeSettings volumes) {
        Optional<KubernetesSettings> read = fields.required("kubernetes", "Give its namespace, zone and home.")
                .flatMap(node -> binder.bind(node, "kubernetes", KubernetesSettings.class));
        if (read.isEmpty()) {
            return NOWHERE;
        }
        if (!read.get().volumes().isEmpty()) {
            fields.problem("kubernetes", "Volumes do not belong here.", "List them under volumes, beside kubernetes.");
        }
        try {
            return read.get().with(volumes.sources());
        } catch (IllegalArgumentException e) {
            fields.problem("volumes", e.getMessage() + ".", "Correct the volume or the rule.");
            return NOWHERE;
        }
    }

    private static Configuration.Address address(String text) {
        int colon = text.lastIndexOf(':');
        // A text with a mistake is the empty one, and never used.
        return colon < 0
                ? new Configuration.Address("", 0)
                : new Configuration.Address(
                        text.substring(0, colon).replaceAll("^\\[|]$", ""),
                        Integer.parseInt(text.substring(colon + 1)));
    }

    private static Optional<String> addressError(String text) {
        int colon = text.lastIndexOf(':');
        boolean numeric = colon > 0 && text.substring(colon + 1).matches("[0-9]{1,5}");
        return numeric && Integer.parseInt(text.substring(colon + 1)) <= HIGHEST_PORT
                ? Optional.empty()
                : Optional.of(Fields.shown(text) + " is not an address.");
    }

    private static Optional<String> databaseUrlError(String text) {
        if (!text.matches("jdbc:postgresql://[^/\\s@]+/[^?\\s]+(\\?[^\\s]*)?")) {
            // Not shown: it may hold a password.
            return Optional.of("This is not the address of a PostgreSQL database.");
        }
        return text.matches(".*[?&](?i:user|password|sslpassword)=.*")
                ? Optional.of("Credentials do not belong in an address.")
                : Optional.empty();
    }

    private static Path path(String text) {
        return Path.of(text);
    }

    private static String text(Path file) {
        try (var stream = Files.newInputStream(file)) {
            byte[] content = stream.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw unreadable(file, "it is longer than " + MOST_BYTES / 1024 + " kB", null);
            }
            return new String(content, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "there is no such file", e);
        } catch (IOException e) {
            throw unreadable(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static ProblemException unreadable(Path file, String why, @Nullable Exception cause) {
        return new ProblemException(
                Problem.of(
                        ProblemCode.BAD_REQUEST,
                        "The settings " + file + " cannot be read: " + why + ".",
                        "Name another file with --config, or let the service read this one."),
                cause);
    }

    private static String told(List<Mistake> mistakes) {
        Function<Mistake, String> line = mistake -> mistake.file() + ":" + mistake.line()
                + (mistake.field().isEmpty() ? "" : " " + mistake.field()) + ": " + mistake.what() + " "
                + mistake.remedy();
        StringBuilder told = new StringBuilder();
        mistakes.stream().limit(MOST_MISTAKES).map(line).forEach(text -> told.append(text)
                .append('\n'));
        if (mistakes.size() > MOST_MISTAKES) {
            told.append("and ").append(mistakes.size() - MOST_MISTAKES).append(" more\n");
        }
        return told.toString().strip();
    }
}
