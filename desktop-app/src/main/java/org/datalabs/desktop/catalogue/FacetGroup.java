package org.datalabs.desktop.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.CatalogueResult.FacetCount;
import org.datalabs.core.catalogue.Facet;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.i18n.Texts;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The values of one facet with their counts; the first few until the user asks for more. */
final class FacetGroup extends VBox {
    private static final int FEW = 6;
    private static final int MANY = 200;

    private final Texts texts = Texts.of(FacetGroup.class);
    private final Facet facet;
    private final Chosen onChosen;
    private final FontIcon chevron = new FontIcon(Octicons.CHEVRON_DOWN_16);
    private final VBox values = new VBox();
    private final Hyperlink more = new Hyperlink();
    private final List<Line> lines = new ArrayList<>();
    private List<FacetCount> counts = List.of();
    private Question question = Question.START;
    private boolean all;
    private boolean open = true;

    /** Told of what the user chooses. */
    interface Chosen {
        void choose(Facet facet, String value, boolean chosen);
    }

    FacetGroup(Facet facet, Chosen onChosen) {
        this.facet = facet;
        this.onChosen = onChosen;
        getStyleClass().add("facet");
        setId("facet-" + facet.name().toLowerCase(Locale.ROOT));
        Label title = new Label(texts.of("facet", facet));
        title.getStyleClass().add("med");
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        HBox words = new HBox(title, chevron);
        Button head = new Button();
        head.setGraphic(words);
        words.prefWidthProperty().bind(head.widthProperty());
        head.setAccessibleText(title.getText());
        head.getStyleClass().addAll("flat", "facet-head");
        head.setMaxWidth(Double.MAX_VALUE);
        head.setOnAction(event -> {
            open = !open;
            update();
        });
        values.getStyleClass().add("values");
        more.getStyleClass().add("more");
        more.setOnAction(event -> {
            all = !all;
            more.setVisited(false);
            update();
        });
        getChildren().addAll(head, values, more);
    }

    /** The word for a value of a facet. */
    static String word(Texts texts, Facet facet, String value) {
        if (facet != Facet.KIND) {
            return value;
        }
        return value.equalsIgnoreCase("web") ? texts.get("kind.WEB") : texts.get("kind.DESKTOP");
    }

    void show(List<FacetCount> newCounts, Question newQuestion) {
        counts = newCounts;
        question = newQuestion;
        update();
    }

    private void update() {
        boolean any = !counts.isEmpty() || question.filters().containsKey(facet);
        Shown.when(this, any);
        List<FacetCount> shown = open ? shownCounts() : List.of();
        while (lines.size() < shown.size()) {
            Line line = new Line();
            lines.add(line);
            values.getChildren().add(line);
        }
        for (int i = 0; i < lines.size(); i++) {
            Shown.when(lines.get(i), i < shown.size());
            if (i < shown.size()) {
                lines.get(i).show(shown.get(i));
            }
        }
        int hidden = (int) counts.stream()
                .limit(MANY)
                .filter(count -> !shown.contains(count))
                .count();
        boolean foldable = open && (hidden > 0 || (all && counts.size() > FEW));
        Shown.when(more, foldable);
        more.setText(hidden > 0 ? texts.get("facet.more", hidden) : texts.get("facet.fewer"));
        chevron.setIconCode(open ? Octicons.CHEVRON_DOWN_16 : Octicons.CHEVRON_RIGHT_16);
    }

    /** The most frequent ones, and those that are chosen however rare. */
    private List<FacetCount> shownCounts() {
        List<FacetCount> shown = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            FacetCount count = counts.get(i);
            if (i < (all ? MANY : FEW) || question.holds(facet, count.value())) {
                shown.add(count);
            }
        }
        question.filters().getOrDefault(facet, Set.of()).stream()
                .filter(value ->
                        counts.stream().noneMatch(count -> count.value().equals(value)))
                .forEach(value -> shown.add(new FacetCount(value, 0)));
        return shown;
    }

    private final class Line extends HBox {
        private final CheckBox box = new CheckBox();
        private final Label number = new Label();
        private String value = "";

        Line() {
            getStyleClass().add("facet-line");
            box.setMaxWidth(Double.MAX_VALUE);
            box.setMinWidth(0);
            HBox.setHgrow(box, Priority.ALWAYS);
            number.getStyleClass().addAll("small-text", "muted");
            number.setMinWidth(USE_PREF_SIZE);
            box.setOnAction(event -> onChosen.choose(facet, value, box.isSelected()));
            getChildren().addAll(box, number);
        }

        void show(FacetCount count) {
            value = count.value();
            String word = word(texts, facet, value);
            box.setText(word);
            box.setSelected(question.holds(facet, value));
            box.setAccessibleText(texts.get("facet.accessible", word, count.count()));
            number.setText(texts.get("number", count.count()));
        }
    }
}
