package org.datalabs.desktop.datazone;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How the embedded service is started.
 *
 * @param words program and arguments up to the service's own; empty when there is no service to start
 */
public record EmbeddedCommand(List<String> words) {
    private static final String JAR = "backend-service.jar";

    /** Bounded memory and a quick start matter more than peak speed. */
    private static final String USUAL_OPTIONS = "-Xmx256m -Xmn16m -Xss512k -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    public EmbeddedCommand {
        words = List.copyOf(words);
    }

    /**
     * The command that the launcher asks for, or the one for a service beside the app.
     *
     * @param property a system property or null: {@code datalabs.backend.jar}, {@code datalabs.backend.options} (separated
     *     by blanks), {@code datalabs.backend.archive} (class data) and {@code java.home} are read
     */
    public static EmbeddedCommand of(UnaryOperator<@Nullable String> property) {
        String given = property.apply("datalabs.backend.jar");
        Path jar = given == null ? beside(ownPlace()) : Path.of(given);
        String java = property.apply("java.home");
        if (jar == null || !Files.isRegularFile(jar) || java == null) {
            return new EmbeddedCommand(List.of());
        }
        List<String> words = new ArrayList<>();
        words.add(Path.of(java, "bin", "java").toString());
        String options = property.apply("datalabs.backend.options");
        for (String option : (options == null ? USUAL_OPTIONS : options).trim().split("\\s+")) {
            if (!option.isEmpty()) {
                words.add(option);
            }
        }
        String archive = property.apply("datalabs.backend.archive");
        if (archive != null && Files.isReadable(Path.of(archive))) {
            words.add("-XX:SharedArchiveFile=" + archive);
        }
        // The JVM's own warnings would otherwise come on standard output, before the line that says "ready".
        words.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr", "-jar", jar.toString()));
        return new EmbeddedCommand(words);
    }

    /** In a package both programs are in one folder; after a build each is in its module's. */
    private static @Nullable Path beside(@Nullable Path own) {
        if (own == null || own.getParent() == null) {
            return null;
        }
        for (Path candidate : List.of(
                own.resolveSibling(JAR),
                own.resolveSibling("../../backend-service/target").resolve(JAR))) {
            if (Files.isRegularFile(candidate)) {
                return candidate.toAbsolutePath().normalize();
            }
        }
        return null;
    }

    private static @Nullable Path ownPlace() {
        CodeSource source = EmbeddedCommand.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return null;
        }
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException | IllegalArgumentException notAFile) {
            return null;
        }
    }
}
