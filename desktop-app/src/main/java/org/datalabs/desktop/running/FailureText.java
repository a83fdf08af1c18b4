package org.datalabs.desktop.running;

import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.theme.StyleSheets;

/** Why a session failed: the cause, what to do, the code for support. */
public final class FailureText extends VBox {
    public FailureText(SessionState.Failed failure) {
        StyleSheets.add(this, FailureText.class);
        getStyleClass().add("failure-text");
        Label cause = wrapped(failure.cause());
        cause.getStyleClass().add("semi");
        Label remedy = wrapped(failure.remedy());
        remedy.getStyleClass().add("muted");
        Shown.when(remedy, !failure.remedy().isEmpty());
        Label code = new Label(failure.code().label() + "  " + failure.code().title());
        code.getStyleClass().add("code");
        getChildren().addAll(cause, remedy, code);
    }

    private static Label wrapped(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().add("wrapped");
        return label;
    }
}
