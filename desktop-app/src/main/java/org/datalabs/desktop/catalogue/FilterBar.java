package org.datalabs.desktop.catalogue;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.StringConverter;
import javafx.util.Subscription;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.Facet;
import org.datalabs.desktop.control.SegmentedControl;
import org.datalabs.desktop.i18n.Texts;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The line above the results: how many, which filters, stars and bookmarks, order, grid or list. */
final class FilterBar extends HBox {
    private static final double GAP = 8;

    private final Texts texts = Texts.of(FilterBar.class);
    private final CatalogueViewModel model;
    private final Label count = new Label();
    private final FlowPane chips = new FlowPane(GAP, GAP);
    private final ToggleButton starred = new ToggleButton(texts.get("filter.starred"), new FontIcon(Octicons.STAR_16));
    private final ToggleButton bookmarked =
            new ToggleButton(texts.get("filter.bookmarks"), new FontIcon(Octicons.BOOKMARK_16));
    private final ComboBox<CatalogueQuery.Sort> sort = new ComboBox<>();
    private final SegmentedControl<Boolean> layout;
    private boolean showing;

    FilterBar(CatalogueViewModel model) {
        this.model = model;
        layout = new SegmentedControl<>(list -> model.asListProperty().set(list));
        getStyleClass().add("filter-bar");
        count.getStyleClass().add("med");
        count.setMinWidth(USE_PREF_SIZE);
        count.setId("result-count");
        starred.getStyleClass().addAll("flat-toggle", "small");
        starred.setOnAction(event -> ask(question().withStarred(starred.isSelected())));
        starred.setMinWidth(USE_PREF_SIZE);
        bookmarked.getStyleClass().addAll("flat-toggle", "small");
        bookmarked.setOnAction(event -> ask(question().withBookmarked(bookmarked.isSelected())));
        bookmarked.setMinWidth(USE_PREF_SIZE);
        HBox.setHgrow(chips, Priority.ALWAYS);
        chips.setMinWidth(0);
        Region divider = new Region();
        divider.getStyleClass().add("vertical-divider");
        Label sortLabel = new Label(texts.get("sort.label"));
        sortLabel.getStyleClass().add("muted");
        sortLabel.setMinWidth(USE_PREF_SIZE);
        sortLabel.setLabelFor(sort);
        choiceOfSort();
        layout.add(false, "", new FontIcon(Feather.GRID)).setAccessibleText(texts.get("layout.grid"));
        layout.add(true, "", new FontIcon(Octicons.ROWS_16)).setAccessibleText(texts.get("layout.list"));
        for (Node node : layout.getChildren()) {
            Tooltip.install(node, new Tooltip(node.getAccessibleText()));
        }
        getChildren().addAll(count, chips, starred, bookmarked, divider, sortLabel, sort, layout);
    }

    Subscription bind() {
        return Subscription.combine(
                model.questionProperty().subscribe(this::showQuestion),
                model.foundProperty()
                        .subscribe(found ->
                                count.setText(texts.get("count", found.hits().size()))),
                model.asListProperty().subscribe(layout::choose));
    }

    private void choiceOfSort() {
        sort.getItems().setAll(CatalogueQuery.Sort.MOST_USED, CatalogueQuery.Sort.NAME, CatalogueQuery.Sort.NEWEST);
        sort.setConverter(new StringConverter<>() {
            @Override
            public String toString(CatalogueQuery.@Nullable Sort order) {
                return order == null ? "" : texts.of("sort", order);
            }

            @Override
            public CatalogueQuery.Sort fromString(String words) {
                throw new UnsupportedOperationException("not editable");
            }
        });
        sort.getStyleClass().add("small");
        sort.setId("sort");
        sort.valueProperty().subscribe(order -> {
            if (order != null && !showing) {
                ask(question().withSort(order));
            }
        });
    }

    private Question question() {
        return model.questionProperty().get();
    }

    private void ask(Question question) {
        model.questionProperty().set(question);
    }

    private void showQuestion(Question question) {
        showing = true;
        starred.setSelected(question.starred());
        bookmarked.setSelected(question.bookmarked());
        sort.setValue(question.sort());
        chips.getChildren().clear();
        question.filters()
                .forEach((facet, values) ->
                        values.forEach(value -> chips.getChildren().add(chip(facet, value))));
        if (question.isFiltered()) {
            Hyperlink clear = new Hyperlink(texts.get("filter.clear"));
            clear.setId("clear-filters");
            clear.setOnAction(event -> ask(question().withoutFilters()));
            chips.getChildren().add(clear);
        }
        showing = false;
    }

    private Button chip(Facet facet, String value) {
        String word = FacetGroup.word(texts, facet, value);
        Button chip = new Button(word, new FontIcon(Octicons.X_16));
        chip.getStyleClass().add("filter-chip");
        chip.setContentDisplay(ContentDisplay.RIGHT);
        chip.setAccessibleText(texts.get("filter.remove", word));
        chip.setOnAction(event -> ask(question().with(facet, value, false)));
        return chip;
    }
}
