package org.datalabs.tour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.datalabs.core.session.SessionId;

/** Processes of local sessions, as the machine lists them. */
final class Sandbox {
    private static final Path PROCESSES = Path.of("/proc");

    private Sandbox() {}

    /** Processes of the host that see files of the session. */
    static List<Long> processesOf(SessionId session) {
        return processesNaming(session.value());
    }

    /** Processes of the host whose command or mounts name {@code words}. */
    static List<Long> processesNaming(String words) {
        List<Long> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(PROCESSES)) {
            for (Path folder : (Iterable<Path>) all::iterator) {
                String name = folder.getFileName().toString();
                if (name.chars().allMatch(Character::isDigit)
                        && (read(folder.resolve("mountinfo")).contains(words)
                                || read(folder.resolve("cmdline")).contains(words))) {
                    found.add(Long.valueOf(name));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return found;
    }

    /** The words of a process, its program first; empty when it has ended. */
    static String commandLine(long process) {
        return read(PROCESSES.resolve(Long.toString(process)).resolve("cmdline"))
                .replace('\0', ' ');
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }
}
