package org.datalabs.tour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.text.Text;
import javafx.stage.Window;

/**
 * Uses the app as a person does: with the real pointer and keyboard of the display, at the places where the controls are
 * seen. Controls are found by their style selector or by their words.
 */
final class Hands {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Clicks the control once it is shown, enabled and at rest. */
    void click(String selector) {
        click(selector, find(selector));
    }

    /** Clicks the control that shows exactly these words. */
    void clickWords(String words) {
        click("“" + words + "”", words(words));
    }

    private void click(String what, Node node) {
        Waiting.untilShown(what + " can be clicked", PATIENCE, () -> !node.isDisabled() && isShown(node));
        Bounds bounds = atRest(what, node);
        clickAt((int) bounds.getCenterX(), (int) bounds.getCenterY());
    }

    /** Clicks a place of the display. */
    void clickAt(int x, int y) {
        // Not with --sync, which waits in vain for a pointer that is there already; the display keeps the order anyway.
        Commands.output(List.of("xdotool", "mousemove", Integer.toString(x), Integer.toString(y), "click", "1"));
    }

    /** Turns the wheel over a control until its list cannot go down any more. */
    void scrollDown(String selector) {
        Bounds bounds = bounds(find(selector));
        Commands.output(List.of(
                "xdotool",
                "mousemove",
                Integer.toString((int) bounds.getCenterX()),
                Integer.toString((int) bounds.getMinY() + 10),
                "click",
                "--repeat",
                "30",
                "5"));
    }

    /** Presses keys at once, named as xdotool does, such as {@code ctrl+a}. */
    void press(String keys) {
        Commands.output(List.of("xdotool", "key", "--clearmodifiers", keys));
    }

    /** Types a text wherever the focus is. */
    void type(String text) {
        Commands.output(List.of("xdotool", "type", "--delay", "25", "--clearmodifiers", "--", text));
    }

    /** Replaces the text of a field and waits until the field has it. */
    void fill(String selector, String text) {
        click(selector);
        Waiting.untilShown(selector + " has the focus", PATIENCE, () -> focused(selector));
        press("ctrl+a");
        type(text);
        Waiting.untilShown(
                selector + " holds “" + text + "”", PATIENCE, () -> find(candidate -> matches(candidate, selector))
                        .filter(TextInputControl.class::isInstance)
                        .map(node -> ((TextInputControl) node).getText().equals(text))
                        .orElse(false));
    }

    /** The control, once it is shown. */
    Node find(String selector) {
        return Waiting.value(
                "there is a " + selector,
                PATIENCE,
                () -> Waiting.onFx(() -> find(candidate -> matches(candidate, selector))));
    }

    /** Whether a control is shown now. */
    boolean sees(String selector) {
        return Waiting.onFx(
                () -> find(candidate -> matches(candidate, selector)).isPresent());
    }

    /** Whether these words are shown now, alone or within a longer text. */
    boolean reads(String words) {
        return Waiting.onFx(
                () -> find(candidate -> textOf(candidate).contains(words)).isPresent());
    }

    /** The words of the first control of the selector that is shown now; empty when there is none. */
    String text(String selector) {
        return Waiting.onFx(() -> find(candidate -> matches(candidate, selector))
                .map(Hands::textOf)
                .orElse(""));
    }

    void awaitWords(String words, Duration atMost) {
        Waiting.until("“" + words + "” is shown", atMost, () -> reads(words));
    }

    void awaitGone(String selector) {
        awaitGone(selector, PATIENCE);
    }

    void awaitGone(String selector, Duration atMost) {
        Waiting.until(selector + " is gone", atMost, () -> !sees(selector));
    }

    /** Where a node is on the display. */
    Bounds bounds(Node node) {
        return Waiting.onFx(() -> node.localToScreen(node.getLayoutBounds()));
    }

    private Node words(String words) {
        return Waiting.value(
                "“" + words + "” is shown",
                PATIENCE,
                () -> Waiting.onFx(() -> find(candidate -> textOf(candidate).equals(words))));
    }

    /** Dialogs slide in: waits until two looks find the node at one place. */
    private Bounds atRest(String what, Node node) {
        Bounds[] last = {bounds(node)};
        return Waiting.value(what + " is at rest", PATIENCE, () -> {
            Bounds now = bounds(node);
            boolean rests = now.equals(last[0]);
            last[0] = now;
            return rests ? Optional.of(now) : Optional.empty();
        });
    }

    private static boolean focused(String selector) {
        return find(candidate -> matches(candidate, selector))
                .map(Node::isFocusWithin)
                .orElse(false);
    }

    private static boolean matches(Node node, String selector) {
        return selector.startsWith("#")
                ? selector.substring(1).equals(node.getId())
                : node.getStyleClass().contains(selector.substring(1));
    }

    private static String textOf(Node node) {
        if (node instanceof Labeled labeled) {
            return Optional.ofNullable(labeled.getText()).orElse("");
        }
        return node instanceof Text text ? text.getText() : "";
    }

    private static Optional<Node> find(Predicate<Node> wanted) {
        return shown(wanted).stream().findFirst();
    }

    /** Shown nodes, of the topmost window first. */
    private static List<Node> shown(Predicate<Node> wanted) {
        List<Window> windows = new ArrayList<>(Window.getWindows());
        windows.sort(Comparator.comparing((Window window) -> !window.isFocused()));
        List<Node> found = new ArrayList<>();
        for (Window window : windows) {
            if (window.isShowing() && window.getScene() != null) {
                collect(window.getScene().getRoot(), wanted, found);
            }
        }
        return found;
    }

    private static void collect(Node node, Predicate<Node> wanted, List<Node> found) {
        if (!node.isVisible()) {
            return;
        }
        if (wanted.test(node) && isShown(node)) {
            found.add(node);
        }
        if (node instanceof Parent parent) {
            for (Node child : parent.getChildrenUnmodifiable()) {
                collect(child, wanted, found);
            }
        }
    }

    private static boolean isShown(Node node) {
        if (node.getScene() == null) {
            return false;
        }
        Bounds bounds = node.localToScene(node.getLayoutBounds());
        return bounds.getWidth() > 0
                && bounds.getHeight() > 0
                && bounds.getMinX() < node.getScene().getWidth()
                && bounds.getMinY() < node.getScene().getHeight()
                && bounds.getMaxX() > 0
                && bounds.getMaxY() > 0;
    }
}
