package org.datalabs.bench.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program as users get it.
 *
 * @param jar names its libraries in its manifest
 * @param options of the JVM
 * @param archive class data, or null when there is none
 */
public record Program(
        Path jar, List<String> options, @Nullable Path archive) {
    public Program {
        options = List.copyOf(options);
    }

    /** The JVM with this program's options and class data; what follows tells what it runs. */
    public List<String> java() {
        List<String> words = new ArrayList<>(javaWithoutArchive());
        if (archive != null) {
            words.add("-XX:SharedArchiveFile=" + archive);
        }
        return words;
    }

    /** As {@link #java()} without the class data. */
    public List<String> javaWithoutArchive() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(options);
        return words;
    }

    /** The folder of the libraries. */
    public Path libraries() {
        return jar.resolveSibling("lib");
    }
}
