package org.datalabs.desktop.launch;

import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import org.datalabs.desktop.control.QuotaBar;

/** One amount of the quota: its name, what is left, and a bar of what is in use, what this launch takes, what is left. */
final class QuotaPart extends VBox {
    private final Label left = new Label();
    private final QuotaBar bar = new QuotaBar();

    QuotaPart(String name) {
        getStyleClass().add("quota-part");
        BorderPane line = new BorderPane();
        Label label = new Label(name);
        line.setLeft(label);
        left.getStyleClass().addAll("small-text", "muted");
        line.setRight(left);
        getChildren().addAll(line, bar);
    }

    void show(double used, double own, double whole, String words) {
        bar.show(used, own, whole);
        left.setText(words);
    }
}
