package org.datalabs.backend.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder for what need not outlive the process.
 *
 * @param folder readable by the process's user only
 */
record Scratch(Path folder) implements AutoCloseable {
    static Scratch make() {
        try {
            return new Scratch(Files.createTempDirectory("datalabs-"));
        } catch (IOException e) {
            throw new UncheckedIOException("there is no place for temporary files", e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("temporary files are left in " + folder, e);
        }
    }
}
