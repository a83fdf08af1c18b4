package org.datalabs.desktop.view;

import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;

/** The shape of what comes, below a thin bar and a word. */
final class LoadingPane extends VBox {
    LoadingPane(ViewState.Loading loading, Supplier<Node> skeleton) {
        getStyleClass().add("loading");
        ProgressBar bar = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
        bar.getStyleClass().add("thin");
        bar.setMaxWidth(Double.MAX_VALUE);
        Label what = new Label(loading.what());
        what.getStyleClass().add("muted");
        Pane shape = clipped(skeleton.get());
        VBox.setVgrow(shape, Priority.ALWAYS);
        getChildren().addAll(bar, what, shape);
        setAccessibleText(loading.what());
    }

    private static Pane clipped(Node skeleton) {
        VBox pane = new VBox(skeleton);
        pane.setMinHeight(0);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(pane.widthProperty());
        clip.heightProperty().bind(pane.heightProperty());
        pane.setClip(clip);
        return pane;
    }
}
