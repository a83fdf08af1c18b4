package org.datalabs.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that goes away with all in it. Its path is short, for the sockets below it. */
public final class Scratch implements AutoCloseable {
    private final Path path;

    public Scratch() throws IOException {
        path = Files.createTempDirectory(Path.of(System.getProperty("java.io.tmpdir")), "dlb");
    }

    public Path path() {
        return path;
    }

    /** A new folder in it. */
    public Path folder(String name) throws IOException {
        return Files.createDirectories(path.resolve(name));
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.deleteIfExists(one);
        }
    }
}
