package org.datalabs.backend.catalogue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The operator's folder: {@code <any name>/datalab.yaml} in it. */
final class DirectoryManifests implements ManifestSource {
    private static final String NAME = "datalab.yaml";
    private static final int DEPTH = 2;
    private static final int MOST_BYTES = 1 << 20;

    private final Path folder;

    DirectoryManifests(Path folder) {
        this.folder = folder;
    }

    @Override
    public String fingerprint() throws IOException {
        StringBuilder fingerprint = new StringBuilder();
        for (Path file : files(folder)) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            fingerprint
                    .append(file)
                    .append(' ')
                    .append(attributes.size())
                    .append(' ')
                    .append(attributes.lastModifiedTime().toMillis())
                    .append('\n');
        }
        return fingerprint.toString();
    }

    @Override
    public List<Text> read() throws IOException {
        return readBelow(folder, "");
    }

    static List<Text> readBelow(Path folder, String prefix) throws IOException {
        List<Text> manifests = new ArrayList<>();
        for (Path file : files(folder)) {
            try (var stream = Files.newInputStream(file)) {
                // Whatever is longer is refused by the reader for its length; there is no need to hold it all.
                String text = new String(stream.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
                manifests.add(new Text(prefix + folder.relativize(file), text));
            }
        }
        return manifests;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.find(folder, DEPTH, (path, attributes) -> path.getFileName()
                .toString()
                .equals(NAME))) {
            return files.sorted().toList();
        }
    }
}
