package org.datalabs.desktop.view;

import java.util.List;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Grey shapes in the places of what will be shown. */
final class Skeleton extends VBox {
    private static final double GAP = 14;
    private static final double[] BARS = {0.9, 0.7, 0.8, 0.6};
    private static final double FULL = 640;

    Skeleton(List<Node> shapes, int bars) {
        getStyleClass().add("skeleton");
        getChildren().addAll(shapes);
        for (int i = 0; i < bars; i++) {
            getChildren().add(bar(FULL * BARS[i % BARS.length]));
        }
    }

    static Node cards(int count, double width, double height) {
        FlowPane cards = new FlowPane(GAP, GAP);
        for (int i = 0; i < count; i++) {
            cards.getChildren().add(card(width, height));
        }
        return cards;
    }

    private static Node card(double width, double height) {
        Region tile = new Region();
        tile.getStyleClass().add("skeleton-tile");
        HBox head = new HBox(12, tile, lines(Stream.of(0.4, 0.28), width));
        VBox card = new VBox(GAP, head, lines(Stream.of(0.85, 0.6), width));
        card.getStyleClass().addAll("dl-card", "skeleton-card");
        card.setMinSize(width, height);
        card.setMaxSize(width, height);
        return card;
    }

    private static VBox lines(Stream<Double> shares, double width) {
        VBox lines = new VBox(10);
        shares.forEach(share -> lines.getChildren().add(bar(width * share)));
        return lines;
    }

    private static Region bar(double width) {
        Region bar = new Region();
        bar.getStyleClass().add("skeleton-bar");
        bar.setMaxWidth(width);
        bar.setPrefWidth(width);
        return bar;
    }
}
