package org.datalabs.desktop.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import javafx.collections.ObservableListBase;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.datalabs.core.catalogue.DatalabId;

/**
 * Entries in rows of equal height, as many columns as fit. A virtual list of rows: panes are made for the rows in sight
 * and shown again with other entries while scrolling. The arrow keys move between panes.
 */
final class EntryGrid extends ListView<Integer> {
    private static final double SCROLL_BAR = 10;
    private static final double MARGIN = 6;

    private final double gap;
    private final double leastWidth;
    private final Supplier<EntryPane> maker;
    private final BiPredicate<EntryPane, DatalabId> filler;
    private final List<Row> rows = new ArrayList<>();
    private List<DatalabId> hits = List.of();
    private int columns = 1;

    /**
     * @param height of a pane
     * @param leastWidth of a pane; infinite for one column
     * @param maker makes an empty pane
     * @param filler shows an entry in a pane; false when there is no such entry any more
     */
    EntryGrid(
            double height,
            double gap,
            double leastWidth,
            Supplier<EntryPane> maker,
            BiPredicate<EntryPane, DatalabId> filler) {
        this.gap = gap;
        this.leastWidth = leastWidth;
        this.maker = maker;
        this.filler = filler;
        getStyleClass().add("entry-grid");
        setFocusTraversable(false);
        setFixedCellSize(height + gap);
        setCellFactory(list -> {
            Row row = new Row();
            rows.add(row);
            return row;
        });
        widthProperty().subscribe(width -> fitColumns(width.doubleValue()));
        addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
    }

    /** Shows other entries; scrolls up when {@code fromTop}. */
    void show(List<DatalabId> newHits, boolean fromTop) {
        hits = newHits;
        layOut();
        if (fromTop && !hits.isEmpty()) {
            scrollTo(0);
        }
    }

    /** Shows the entries in sight anew, since something about them changed. */
    void refill() {
        rows.forEach(Row::fill);
    }

    /** How many panes were ever made. */
    int panesMade() {
        return rows.stream().mapToInt(row -> row.panes.size()).sum();
    }

    /** Moves the focus to the first entry. */
    void focusFirst() {
        focusEntry(0);
    }

    private void fitColumns(double width) {
        int fitting = (int) ((width - SCROLL_BAR - MARGIN + gap) / (leastWidth + gap));
        int now = Math.max(1, fitting);
        if (now != columns) {
            columns = now;
            layOut();
        }
    }

    private void layOut() {
        int count = (hits.size() + columns - 1) / columns;
        if (getItems().size() != count) {
            setItems(new Numbers(count));
        }
        refill();
    }

    private void onKey(KeyEvent event) {
        Optional<Integer> focused = focusedIndex();
        int step = step(event.getCode());
        if (step == 0 || focused.isEmpty()) {
            return;
        }
        focusEntry(Math.max(0, Math.min(hits.size() - 1, focused.get() + step)));
        event.consume();
    }

    private int step(KeyCode key) {
        return switch (key) {
            case LEFT -> -1;
            case RIGHT -> 1;
            case UP -> -columns;
            case DOWN -> columns;
            case HOME -> -hits.size();
            case END -> hits.size();
            default -> 0;
        };
    }

    private Optional<Integer> focusedIndex() {
        for (Row row : rows) {
            for (int i = 0; i < row.panes.size(); i++) {
                if (row.panes.get(i).isFocused() && !row.isEmpty()) {
                    return Optional.of(row.getIndex() * columns + i);
                }
            }
        }
        return Optional.empty();
    }

    private void focusEntry(int index) {
        int wanted = index / columns;
        if (index < 0 || index >= hits.size()) {
            return;
        }
        if (!isInSight(wanted)) {
            scrollTo(wanted);
            layout();
        }
        rows.stream()
                .filter(row -> !row.isEmpty() && row.getIndex() == wanted)
                .findFirst()
                .ifPresent(row -> row.panes.get(index % columns).requestFocus());
    }

    private boolean isInSight(int wanted) {
        return rows.stream()
                .filter(row -> !row.isEmpty() && row.getIndex() == wanted)
                .anyMatch(row -> row.getLayoutY() >= 0 && row.getLayoutY() + row.getHeight() <= getHeight() + gap);
    }

    /** The numbers of the rows, without a list of them. */
    private static final class Numbers extends ObservableListBase<Integer> {
        private final int count;

        Numbers(int count) {
            this.count = count;
        }

        @Override
        public Integer get(int index) {
            return index;
        }

        @Override
        public int size() {
            return count;
        }
    }

    private final class Row extends ListCell<Integer> {
        private final HBox line = new HBox();
        private final List<EntryPane> panes = new ArrayList<>();

        Row() {
            line.setSpacing(gap);
            line.setMinWidth(0);
            line.setPrefWidth(0);
            getStyleClass().add("entry-row");
            setGraphic(line);
        }

        @Override
        protected void updateItem(Integer item, boolean empty) {
            super.updateItem(item, empty);
            fill();
        }

        private void fill() {
            line.setVisible(!isEmpty());
            if (isEmpty()) {
                return;
            }
            while (panes.size() < columns) {
                EntryPane pane = maker.get();
                pane.setMinWidth(0);
                pane.setPrefWidth(1);
                pane.setMaxWidth(Double.MAX_VALUE);
                HBox.setHgrow(pane, Priority.ALWAYS);
                panes.add(pane);
                line.getChildren().add(pane);
            }
            for (int i = 0; i < panes.size(); i++) {
                int index = getIndex() * columns + i;
                EntryPane pane = panes.get(i);
                pane.setManaged(i < columns);
                pane.setVisible(i < columns && index < hits.size() && filler.test(pane, hits.get(index)));
            }
        }

        @Override
        protected void layoutChildren() {
            super.layoutChildren();
            Node graphic = line;
            graphic.resizeRelocate(0, 0, getWidth() - MARGIN, getHeight() - gap);
        }
    }
}
