package org.datalabs.bench.measure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is measured, and how often.
 *
 * @param backend the service
 * @param desktop the app
 * @param noVnc folder of noVNC, with {@code core/rfb.js}
 * @param rounds runs of each side, at least one
 * @param figures where results go
 */
public record Setup(Program backend, Program desktop, Path noVnc, int rounds, Figures figures) {

    /** Reads the properties {@code bench.*} that the start script sets. */
    public static Setup ofProperties(Figures figures) {
        return new Setup(
                program("backend"),
                program("desktop"),
                Path.of(property("bench.novnc")),
                Integer.parseInt(property("bench.rounds")),
                figures);
    }

    /** The program configurable-http-proxy, which the start script fetches for the measurement of the data plane. */
    public Path configurableHttpProxy() {
        return Path.of(property("bench.configurable-http-proxy"));
    }

    private static Program program(String name) {
        return new Program(
                Path.of(property("bench." + name + ".jar")),
                Stream.of(property("bench." + name + ".options").split(" "))
                        .filter(option -> !option.isEmpty())
                        .toList(),
                archive(System.getProperty("bench." + name + ".archive")));
    }

    private static @Nullable Path archive(@Nullable String value) {
        return value == null || value.isEmpty() || !Files.isReadable(Path.of(value)) ? null : Path.of(value);
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException(
                    "The property " + name + " is missing; start this with installers/bench/run.");
        }
        return value;
    }

    /** A JVM that runs a class of this module with the options of the app. */
    public List<String> withAppOptions(Class<?> main, String... arguments) {
        List<String> words = new ArrayList<>(desktop.javaWithoutArchive());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        words.addAll(List.of(arguments));
        return words;
    }

    /**
     * The app's own JVM, class data included, that runs a class of this module which then starts the app: an archive fits
     * every class path that begins as its own.
     */
    public List<String> appWith(Class<?> main, String... arguments) {
        List<String> words = new ArrayList<>(desktop.java());
        words.add("-Ddatalabs.backend.jar=" + backend.jar());
        words.add("-Ddatalabs.backend.options=" + String.join(" ", backend.options()));
        if (backend.archive() != null) {
            words.add("-Ddatalabs.backend.archive=" + backend.archive());
        }
        words.addAll(List.of("-cp", desktop.jar() + ":" + ownJar(), main.getName()));
        words.addAll(List.of(arguments));
        return words;
    }

    /** The place of this module's classes. */
    public static Path ownJar() {
        return Path.of(System.getProperty("java.class.path").split(":", 2)[0]).toAbsolutePath();
    }
}
