package org.datalabs.desktop.control;

import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/**
 * A choice of a few views, one of which is always chosen.
 *
 * @param <T> what is chosen
 */
public final class SegmentedControl<T> extends HBox {
    private final ToggleGroup group = new ToggleGroup();
    private final Consumer<T> onChosen;

    /** @param onChosen told of what the user chooses, not of {@link #choose} */
    public SegmentedControl(Consumer<T> onChosen) {
        this.onChosen = onChosen;
        getStyleClass().add("segmented");
    }

    /** Adds a choice; a choice with an icon alone needs its accessible text set. */
    public ToggleButton add(T value, String words, @Nullable Node graphic) {
        ToggleButton button = new ToggleButton(words, graphic);
        button.setUserData(value);
        button.setToggleGroup(group);
        button.setOnAction(event -> {
            button.setSelected(true);
            onChosen.accept(value);
        });
        getChildren().add(button);
        return button;
    }

    /** Shows {@code value} as chosen without telling. */
    public void choose(T value) {
        group.getToggles().forEach(toggle -> toggle.setSelected(value.equals(toggle.getUserData())));
    }
}
