package org.datalabs.desktop.control;

import java.util.function.Consumer;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

/**
 * Words over a line, the chosen one underlined; what they switch is the owner's.
 *
 * @param <T> what is chosen
 */
public final class TabLine<T> extends HBox {
    private final ToggleGroup group = new ToggleGroup();
    private final Consumer<T> onChosen;

    /** @param onChosen told of what the user chooses, not of {@link #choose} */
    public TabLine(Consumer<T> onChosen) {
        this.onChosen = onChosen;
        getStyleClass().add("tab-line");
    }

    public void clear() {
        getChildren().clear();
        group.getToggles().clear();
    }

    /** Adds a tab; a {@code count} below zero shows none. */
    public void add(T value, String words, int count) {
        ToggleButton tab = new ToggleButton(words);
        tab.setAccessibleRole(AccessibleRole.TAB_ITEM);
        tab.setUserData(value);
        tab.setToggleGroup(group);
        if (count >= 0) {
            Label number = new Label(String.valueOf(count));
            number.getStyleClass().add("count");
            tab.setGraphic(number);
        }
        tab.setOnAction(event -> {
            tab.setSelected(true);
            onChosen.accept(value);
        });
        getChildren().add(tab);
    }

    /** Shows {@code value} as chosen without telling. */
    public void choose(T value) {
        group.getToggles().forEach(toggle -> toggle.setSelected(value.equals(toggle.getUserData())));
    }
}
