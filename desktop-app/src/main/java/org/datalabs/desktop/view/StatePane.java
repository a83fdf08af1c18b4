package org.datalabs.desktop.view;

import java.util.List;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** Shows a page's content, or the state that stands for it. */
public final class StatePane extends StackPane {
    private static final Duration PATIENCE = Duration.millis(300);

    private final Node content;
    private final Supplier<Node> skeleton;
    private final PauseTransition beforeSkeleton = new PauseTransition(PATIENCE);
    private @Nullable ViewState state;

    /** @param skeleton makes the shape of what comes; used only when loading takes longer than 300 ms */
    public StatePane(Node content, Supplier<Node> skeleton) {
        this.content = content;
        this.skeleton = skeleton;
        setState(new ViewState.Content());
    }

    public void setState(ViewState newState) {
        if (newState.equals(state)) {
            return;
        }
        state = newState;
        beforeSkeleton.stop();
        content.setVisible(newState instanceof ViewState.Content);
        if (newState instanceof ViewState.Content) {
            getChildren().setAll(content);
        } else if (newState instanceof ViewState.Loading loading) {
            getChildren().setAll(content);
            beforeSkeleton.setOnFinished(event -> getChildren().setAll(content, new LoadingPane(loading, skeleton)));
            beforeSkeleton.playFromStart();
        } else if (newState instanceof ViewState.Empty empty) {
            getChildren().setAll(content, new BlankPane(empty));
        } else if (newState instanceof ViewState.Broken broken) {
            getChildren().setAll(content, new BlankPane(broken));
        }
    }

    /** A skeleton of {@code rows} plain bars, for lists and pages. */
    public static Node bars(int rows) {
        return new Skeleton(List.of(), rows);
    }

    /** A skeleton of {@code count} cards of a size. */
    public static Node cards(int count, double width, double height) {
        return Skeleton.cards(count, width, height);
    }
}
