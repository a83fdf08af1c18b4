package org.datalabs.tour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.datalabs.core.session.SessionId;

/**
 * A look into a desktop session from beside the app: runs X clients next to its X server, so that what they say does not
 * pass through anything of Datalabs.
 */
final class Sandbox {
    private static final Path PROCESSES = Path.of("/proc");
    private static final Pattern CLIENT_WINDOW =
            Pattern.compile("(0x[0-9a-f]+) \"(.*?)\": .*?(\\d+)x(\\d+)\\+-?\\d+\\+-?\\d+ +\\+(-?\\d+)\\+(-?\\d+)");

    private final long process;

    private Sandbox(long process) {
        this.process = process;
    }

    /**
     * A window of the session's display.
     *
     * @param title its title
     * @param x left edge on the session's display, in pixels
     * @param y upper edge
     */
    record XWindow(String title, int x, int y, int width, int height) {}

    static Optional<Sandbox> of(SessionId session) {
        return processesOf(session).stream()
                .filter(process -> commandLine(process).startsWith("Xvnc"))
                .findFirst()
                .map(Sandbox::new);
    }

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

    /** Windows with a title, as the session's X server lists them. */
    List<XWindow> windows() {
        List<XWindow> windows = new ArrayList<>();
        Matcher matcher = CLIENT_WINDOW.matcher(ask("xwininfo", "-root", "-tree"));
        while (matcher.find()) {
            windows.add(new XWindow(
                    matcher.group(2),
                    Integer.parseInt(matcher.group(5)),
                    Integer.parseInt(matcher.group(6)),
                    Integer.parseInt(matcher.group(3)),
                    Integer.parseInt(matcher.group(4))));
        }
        return windows;
    }

    /** Size of the session's display in pixels. */
    int[] size() {
        Matcher matcher = Pattern.compile("dimensions: +(\\d+)x(\\d+)").matcher(ask("xdpyinfo"));
        if (!matcher.find()) {
            throw new TourFailure("the session's X server does not tell its size");
        }
        return new int[] {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))};
    }

    /** What the program that owns the clipboard gives when the X server passes the request on; empty when nobody does. */
    String clipboard() {
        Commands.Outcome outcome = Commands.run(inside("xclip", "-o", "-selection", "clipboard"));
        return outcome.status() == 0 ? outcome.output() : "";
    }

    private String ask(String... command) {
        return Commands.output(inside(command));
    }

    private List<String> inside(String... command) {
        List<String> words = new ArrayList<>(List.of(
                "nsenter",
                "--target",
                Long.toString(process),
                "--all",
                "--preserve-credentials",
                "--",
                "env",
                "DISPLAY=:1",
                "XAUTHORITY=/run/datalab/authority"));
        words.addAll(List.of(command));
        return words;
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }
}
