package org.datalabs.tour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A look into a desktop session from beside the app: runs X clients next to its X server, so that what they say does not
 * pass through anything of Datalabs.
 */
final class Display {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern CLIENT_WINDOW =
            Pattern.compile("(0x[0-9a-f]+) \"(.*?)\": .*?(\\d+)x(\\d+)\\+-?\\d+\\+-?\\d+ +\\+(-?\\d+)\\+(-?\\d+)");

    private final List<String> inside;

    /** @param inside the command that runs what follows it beside the X server */
    Display(List<String> inside) {
        this.inside = List.copyOf(inside);
    }

    /**
     * A window of the session's display.
     *
     * @param title its title
     * @param x left edge on the session's display, in pixels
     * @param y upper edge
     */
    record XWindow(String title, int x, int y, int width, int height) {}

    /** Windows with a title, as the session's X server lists them. */
    List<XWindow> windows() {
        // The list breaks off at a window that goes while it is made.
        String tree = Waiting.value("the session's windows are listed", PATIENCE, () -> Optional.of(
                        Commands.run(beside("xwininfo", "-root", "-tree")))
                .filter(outcome -> outcome.status() == 0)
                .map(Commands.Outcome::output));
        List<XWindow> windows = new ArrayList<>();
        Matcher matcher = CLIENT_WINDOW.matcher(tree);
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

    /** Size in pixels. */
    int[] size() {
        Matcher matcher = Pattern.compile("dimensions: +(\\d+)x(\\d+)").matcher(Commands.output(beside("xdpyinfo")));
        if (!matcher.find()) {
            throw new TourFailure("the session's X server does not tell its size");
        }
        return new int[] {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))};
    }

    /** What the program that owns the clipboard gives when the X server passes the request on; empty when nobody does. */
    String clipboard() {
        Commands.Outcome outcome = Commands.run(beside("xclip", "-o", "-selection", "clipboard"));
        return outcome.status() == 0 ? outcome.output() : "";
    }

    private List<String> beside(String... command) {
        List<String> words = new ArrayList<>(inside);
        words.addAll(List.of("env", "DISPLAY=:1", "XAUTHORITY=/run/datalab/authority"));
        words.addAll(List.of(command));
        return words;
    }
}
