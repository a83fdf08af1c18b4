package org.datalabs.desktop.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;

/**
 * Takes the words from tools whose bar has no room for them, and gives them back when it has. The words of a tool without
 * them are its tooltip and its accessible text. FX thread only.
 */
final class ToolWords {
    private final Deque<Bare> bare = new ArrayDeque<>();

    /**
     * A tool that stands as its icon alone.
     *
     * @param saved what its words took, in pixels
     */
    private record Bare(Labeled tool, double saved) {}

    /**
     * Fits tools that have just been measured.
     *
     * @param room what is left of the bar's width; negative when its parts need more than it has
     * @param tools in the order in which they give up their words
     */
    void fit(double room, List<? extends Labeled> tools) {
        double left = room;
        bare.removeIf(each -> !tools.contains(each.tool()));
        for (Labeled tool : tools) {
            if (left < 0 && bare.stream().noneMatch(each -> each.tool() == tool)) {
                left += strip(tool);
            }
        }
        while (!bare.isEmpty() && left >= bare.peek().saved()) {
            Bare last = bare.pop();
            left -= last.saved();
            dress(last.tool());
        }
    }

    private double strip(Labeled tool) {
        double before = tool.prefWidth(-1);
        tool.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        Tooltip words = new Tooltip();
        words.textProperty().bind(tool.textProperty());
        tool.setTooltip(words);
        tool.accessibleTextProperty().bind(tool.textProperty());
        double saved = before - tool.prefWidth(-1);
        bare.push(new Bare(tool, saved));
        return saved;
    }

    private static void dress(Labeled tool) {
        tool.setContentDisplay(ContentDisplay.LEFT);
        tool.setTooltip(null);
        tool.accessibleTextProperty().unbind();
        tool.setAccessibleText(null);
    }
}
