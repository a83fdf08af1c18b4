package org.datalabs.backend.catalogue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.datalabs.core.catalogue.ManifestProblem;

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
            fingerprint.append(file).append(' ').append(state(file)).append('\n');
        }
        return fingerprint.toString();
    }

    @Override
    public Reading read() throws IOException {
        return readBelow(folder, "");
    }

    static Reading readBelow(Path folder, String prefix) throws IOException {
        List<Text> manifests = new ArrayList<>();
        List<ManifestProblem> problems = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            problems.add(unreadable(
                    folder.toString(),
                    "There is no such folder of manifests.",
                    "Make it, or start with another one for --catalogue."));
        }
        for (Path file : files(folder)) {
            String name = prefix + folder.relativize(file);
            // Reading a pipe or a device could wait for ever.
            if (!Files.isRegularFile(file)) {
                problems.add(unreadable(name, "This is not a file.", "Put a manifest in its place, or remove it."));
                continue;
            }
            try (var stream = Files.newInputStream(file)) {
                // Whatever is longer is refused by the reader for its length; there is no need to hold it all.
                String text = new String(stream.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
                manifests.add(new Text(name, text));
            } catch (IOException e) {
                problems.add(unreadable(
                        name, "The file cannot be read (" + reason(e) + ").", "Let the datazone's account read it."));
            }
        }
        return new Reading(manifests, problems);
    }

    private static ManifestProblem unreadable(String file, String what, String remedy) {
        return new ManifestProblem(file, 1, 1, "", what, remedy);
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }

    /** What changes with a file; one that is gone or may not be looked at has a state too. */
    private static String state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() + " " + attributes.lastModifiedTime().toMillis() + " " + Files.isReadable(file);
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return files;
        }
        Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                return found(file);
            }

            @Override
            public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes attributes) {
                return found(place);
            }

            @Override
            public FileVisitResult visitFileFailed(Path place, IOException e) {
                // A folder that may not be looked into hides a manifest, which its operator should hear of.
                files.add(place.endsWith(NAME) ? place : place.resolve(NAME));
                return FileVisitResult.CONTINUE;
            }

            private FileVisitResult found(Path place) {
                if (place.endsWith(NAME)) {
                    files.add(place);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(files);
        return files;
    }
}
