package org.datalabs.backend.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;
import org.jspecify.annotations.Nullable;

/**
 * Puts the volume {@code samples} together from what is installed. Files that are already there stay; those whose
 * package is missing are named in the volume's README and tried again at the next call.
 */
public final class SampleData {
    public static final VolumeId ID = new VolumeId("samples");

    private static final String README = "README.txt";

    private final Path folder;
    private final List<SampleSource> sources;

    /** @param state the state folder; the samples are made in its {@code volumes/samples} */
    public SampleData(Path state) {
        this(state, SampleSource.ofDebian());
    }

    SampleData(Path state, List<SampleSource> sources) {
        this.folder = state.resolve("volumes").resolve(ID.value());
        this.sources = List.copyOf(sources);
    }

    /**
     * The volume, with its folder. Copies about a megabyte when called first.
     *
     * @throws IOException when the files cannot be written, such as when the disk is full
     */
    public synchronized Volume volume() throws IOException {
        Files.createDirectories(folder);
        // Programs of a backend of root read it under another user id.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<SampleSource> present = new ArrayList<>();
        List<SampleSource> missing = new ArrayList<>();
        for (SampleSource source : sources) {
            boolean there = Files.exists(folder.resolve(source.name())) || source.copyTo(folder);
            (there ? present : missing).add(source);
        }
        writeReadme(present, missing);
        long bytes = 0;
        for (SampleSource source : present) {
            Path file = folder.resolve(source.name());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            bytes += Files.size(file);
        }
        return volume(present, missing, bytes);
    }

    private Volume volume(List<SampleSource> present, List<SampleSource> missing, long bytes) {
        String absent = missing.isEmpty()
                ? ""
                : " " + missing.size() + " more come with the packages " + packages(missing) + ".";
        @Nullable
        String problem = present.isEmpty()
                ? "None of the packages that bring the samples is installed: " + packages(missing) + "."
                : null;
        return new Volume(
                ID,
                "Samples",
                Volume.Source.ARCHIVE,
                "Packages of this computer",
                "A few real catalogues and images to try things out." + absent,
                true,
                "/data/samples",
                bytes,
                (long) present.size(),
                null,
                "That of the packages; see README.txt",
                present.isEmpty() ? null : present.get(0).name(),
                folder.toString(),
                null,
                problem);
    }

    private void writeReadme(List<SampleSource> present, List<SampleSource> missing) throws IOException {
        StringBuilder text = new StringBuilder("Samples\n=======\n\nReal data, copied from packages installed on this"
                + " computer. Each is under the terms of its package;\nsee /usr/share/doc/PACKAGE/copyright.\n");
        for (SampleSource source : present) {
            text.append('\n').append(source.name()).append("\n  ").append(source.about());
            text.append("\n  From the package ").append(source.debianPackage()).append(": ");
            text.append(source.origin()).append('\n');
            SampleSource.Change change = source.change();
            if (change != null) {
                text.append("  ").append(change.why()).append('\n');
            }
        }
        if (!missing.isEmpty()) {
            text.append("\nNot here, since the package is not installed or does not hold the file:\n");
            for (SampleSource source : missing) {
                text.append("  ")
                        .append(source.name())
                        .append(" (package ")
                        .append(source.debianPackage())
                        .append(")\n");
            }
        }
        Path file = folder.resolve(README);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static String packages(List<SampleSource> sources) {
        return sources.stream().map(SampleSource::debianPackage).distinct().collect(Collectors.joining(", "));
    }
}
