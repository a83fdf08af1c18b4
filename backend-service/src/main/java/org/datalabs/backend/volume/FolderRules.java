package org.datalabs.backend.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which folders of the machine may become volumes. Looks at the file system at each call; thread-safe. */
final class FolderRules {
    private static final List<String> SYSTEM = List.of(
            "/proc",
            "/sys",
            "/dev",
            "/run",
            "/etc",
            "/boot",
            "/bin",
            "/sbin",
            "/lib",
            "/lib32",
            "/lib64",
            "/usr/bin",
            "/usr/sbin",
            "/usr/lib",
            "/var/lib",
            "/var/run",
            "/var/log",
            "/var/spool",
            "/lost+found");
    private static final List<String> WITH_OTHERS =
            List.of("/", "/usr", "/var", "/home", "/root", "/tmp", "/opt", "/srv", "/mnt", "/media");
    private static final List<String> SECRETS = List.of(".ssh", ".gnupg", ".pki", ".aws", ".kube", ".password-store");

    private static final int LONGEST_PATH = 1024;

    private final Path state;

    /**
     * @param state the service's own folder
     */
    FolderRules(Path state) {
        this.state = state;
    }

    /** The folder that a text names, with links resolved; or what is wrong with it. */
    Outcome check(String text, boolean readOnly) {
        if (text.length() > LONGEST_PATH) {
            return Outcome.refused("Shorten the path to at most " + LONGEST_PATH + " characters.");
        }
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            return Outcome.refused("This is not a path.");
        }
        if (!path.isAbsolute()) {
            return Outcome.refused("Give an absolute path, one that begins with /.");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return Outcome.refused("A path with control characters cannot be mounted.");
        }
        Path real;
        try {
            real = path.toRealPath();
        } catch (IOException e) {
            return Outcome.refused("There is no folder " + path + " that can be read.");
        }
        return usable(real, readOnly).map(Outcome::refused).orElseGet(() -> new Outcome(Optional.of(real), ""));
    }

    /** Why a folder that was accepted once cannot be mounted now. */
    Optional<String> trouble(String folder) {
        Path path = Path.of(folder);
        if (!Files.isDirectory(path)) {
            return Optional.of("Its folder " + folder + " is not there.");
        }
        if (!Files.isReadable(path) || !Files.isExecutable(path)) {
            return Optional.of("Its folder " + folder + " may not be read.");
        }
        return Optional.empty();
    }

    private Optional<String> usable(Path real, boolean readOnly) {
        if (!Files.isDirectory(real)) {
            return Optional.of(real + " is not a folder.");
        }
        if (!Files.isReadable(real) || !Files.isExecutable(real)) {
            return Optional.of("The datazone may not read " + real + ".");
        }
        if (!readOnly && !Files.isWritable(real)) {
            return Optional.of("The datazone may not write to " + real + ". Add it read-only.");
        }
        if (WITH_OTHERS.contains(real.toString()) || SYSTEM.stream().anyMatch(place -> real.startsWith(place))) {
            return Optional.of(real + " belongs to the system. Choose a folder with your own data.");
        }
        for (Path part : real) {
            if (SECRETS.contains(part.toString())) {
                return Optional.of(real + " holds keys and passwords, which datalabs must not see.");
            }
        }
        Path own = realOr(state);
        if (real.startsWith(own) || own.startsWith(real)) {
            return Optional.of(real + " holds the datazone's own files. Choose a folder with your own data.");
        }
        return Optional.empty();
    }

    private static Path realOr(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    /**
     * What became of a text.
     *
     * @param folder the folder, or empty when refused
     * @param refusal why, a sentence; empty when accepted
     */
    record Outcome(Optional<Path> folder, String refusal) {
        static Outcome refused(String reason) {
            return new Outcome(Optional.empty(), reason);
        }
    }
}
