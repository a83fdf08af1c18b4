package org.datalabs.backend.runtime.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.datalabs.core.catalogue.Need;

/** Programs of this computer, as a session sees them: on the sandbox's search path, not on that of whoever asks. */
final class Programs {
    private final List<Path> folders;

    Programs(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    static Programs ofSystem() {
        return new Programs(List.of(
                Path.of("/usr/local/bin"),
                Path.of("/usr/bin"),
                Path.of("/bin"),
                Path.of("/usr/sbin"),
                Path.of("/sbin"),
                Path.of("/usr/games")));
    }

    /** The search path of a session. */
    String searchPath() {
        return folders.stream().map(Path::toString).collect(Collectors.joining(":"));
    }

    /**
     * Finds a program by name, or any readable file by its absolute path: a Java archive is a program too, though not an
     * executable one.
     */
    Optional<Path> find(String program) {
        if (program.startsWith("/")) {
            return Optional.of(Path.of(program)).filter(Files::isReadable);
        }
        return folders.stream()
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What to call a program in words: a path says less than the package that brings it. */
    static String name(Need need) {
        return need.program().startsWith("/") ? need.debianPackage() : need.program();
    }

    /** Those of {@code needs} that are not here. */
    List<Need> missing(List<Need> needs) {
        return needs.stream().filter(need -> find(need.program()).isEmpty()).toList();
    }
}
