package org.datalabs.tour;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javafx.geometry.Bounds;
import javafx.scene.input.Clipboard;
import org.datalabs.core.session.SessionId;
import org.datalabs.tour.Display.XWindow;
import org.jspecify.annotations.Nullable;

/** TOPCAT in its tab: the Messier table, typing, and the clipboard, checked with TOPCAT's own X server. */
final class TopcatVisit {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROWS = 110;
    /** Where TOPCAT's control window has its button for the table browser and the field of the table's label. */
    private static final int[] BROWSER_BUTTON = {160, 40};

    private static final int[] LABEL_FIELD = {590, 102};
    private static final int[] FIRST_CELLS = {260, 112};
    private static final String TYPED = "Messier-typed-by-hand";
    private static final String BROWSER = "TOPCAT(1): Table Browser";

    private final Hands hands;
    private final Pictures pictures;
    private final Display display;

    TopcatVisit(Hands hands, Pictures pictures, Place place, SessionId session) {
        this.hands = hands;
        this.pictures = pictures;
        this.display = Waiting.value("the session has an X server", PATIENCE, () -> place.display(session));
    }

    void make() {
        window("TOPCAT");
        pictures.take("topcat");
        retype();
        readTable();
    }

    /** Types a new label for the table, once TOPCAT has read it, and copies it out. */
    private void retype() {
        Waiting.insist(
                "TOPCAT gives what was typed",
                () -> {
                    click(window("TOPCAT"), LABEL_FIELD);
                    hands.press("ctrl+a");
                    hands.type(TYPED);
                    hands.press("Return");
                    hands.press("ctrl+a");
                    hands.press("ctrl+c");
                },
                () -> display.clipboard().equals(TYPED));
        Waiting.until("this computer has it, too", PATIENCE, () -> clipboard().equals(TYPED));
        pictures.take("topcat-typed");
        hands.click("#session-clipboard");
        hands.find("#clipboard-card");
        pictures.take("topcat-clipboard");
        hands.press("Escape");
        hands.awaitGone("#clipboard-card");
    }

    /** Opens the table browser, copies all rows, and counts what TOPCAT gives. */
    private void readTable() {
        Waiting.insist(
                "TOPCAT's table browser is open",
                () -> click(window("TOPCAT"), BROWSER_BUTTON),
                () -> display.windows().stream()
                        .anyMatch(window -> window.title().equals(BROWSER)));
        Waiting.insist(
                "TOPCAT's table has " + ROWS + " rows",
                () -> {
                    click(window(BROWSER), FIRST_CELLS);
                    hands.press("ctrl+a");
                    hands.press("ctrl+c");
                },
                () -> rows(display.clipboard()) == ROWS);
        Waiting.until("the rows have come to this computer", PATIENCE, () -> rows(clipboard()) == ROWS);
        pictures.take("topcat-table");
    }

    private static long rows(String text) {
        return text.lines().filter(line -> line.startsWith("M")).count();
    }

    private static String clipboard() {
        return Optional.ofNullable(
                        Waiting.onFx(() -> Clipboard.getSystemClipboard().getString()))
                .orElse("");
    }

    /** The window, once two looks find it at one place: window managers and programs move it while it opens. */
    private XWindow window(String title) {
        AtomicReference<@Nullable XWindow> last = new AtomicReference<>();
        return Waiting.value("TOPCAT shows its window “" + title + "”", PATIENCE, () -> {
            Optional<XWindow> now = display.windows().stream()
                    .filter(window -> window.title().equals(title))
                    .findFirst();
            boolean rests = now.isPresent() && now.get().equals(last.getAndSet(now.orElse(null)));
            return rests ? now : Optional.empty();
        });
    }

    /** Clicks a place of a window, where the app shows it. */
    private void click(XWindow window, int[] place) {
        int[] size = display.size();
        Bounds shown = hands.bounds(hands.find(".desktop-surface"));
        double scale = Math.min(shown.getWidth() / size[0], shown.getHeight() / size[1]);
        double left = shown.getCenterX() - size[0] * scale / 2;
        double top = shown.getCenterY() - size[1] * scale / 2;
        hands.clickAt((int) Math.round(left + (window.x() + place[0]) * scale), (int)
                Math.round(top + (window.y() + place[1]) * scale));
    }
}
