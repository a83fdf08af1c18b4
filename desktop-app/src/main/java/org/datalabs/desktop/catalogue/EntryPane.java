package org.datalabs.desktop.catalogue;

import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.session.Session;
import org.datalabs.desktop.control.Chip;
import org.datalabs.desktop.control.DatalabTile;
import org.datalabs.desktop.control.Explained;
import org.datalabs.desktop.control.Glyph;
import org.datalabs.desktop.control.IconButton;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.control.StatePill;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.theme.Motion;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The parts of an entry that card and line share. Shows one entry after another while the user scrolls. */
abstract class EntryPane extends StackPane {
    private static final PseudoClass ON = PseudoClass.getPseudoClass("on");
    private static final double PLAY = 13;

    final DatalabTile tile = new DatalabTile(DatalabTile.Size.NORMAL);
    final Label name = new Label();
    final Label kind = new Label();
    final Label summary = new Label();
    final Button star = new Button();
    final IconButton bookmark = new IconButton(Octicons.BOOKMARK_16, "");
    final Label brief = new Label();
    final Chip chip = new Chip("");
    final StatePill state;
    final Explained play;
    final IconButton arrow = new IconButton(Octicons.ARROW_RIGHT_16, "");

    private final Texts texts = Texts.of(EntryPane.class);
    private final EntryActions actions;
    private final FontIcon kindIcon = new FontIcon(Octicons.GLOBE_16);
    private final FontIcon starIcon = new FontIcon(Octicons.STAR_16);
    private final Tooltip starTip = new Tooltip();
    private final Tooltip playTip = new Tooltip();
    private final Button playButton = new Button();
    private @Nullable CatalogueEntry entry;
    private @Nullable Session session;

    EntryPane(EntryActions actions, Motion motion) {
        this.actions = actions;
        state = new StatePill(motion, false);
        play = new Explained(playButton);
        getStyleClass().addAll("dl-card", "interactive", "entry");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        name.getStyleClass().addAll("t3", "entry-name");
        kind.getStyleClass().addAll("small-text", "muted");
        kind.setGraphic(kindIcon);
        summary.getStyleClass().addAll("muted", "summary");
        summary.setWrapText(true);
        summary.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
        star.setMinWidth(USE_PREF_SIZE);
        brief.setMinWidth(USE_PREF_SIZE);
        chip.setMinWidth(USE_PREF_SIZE);
        brief.getStyleClass().addAll("small-text", "muted");
        star.getStyleClass().addAll("flat", "star");
        star.setGraphic(starIcon);
        star.setTooltip(starTip);
        bookmark.getStyleClass().add("bookmark");
        playButton.getStyleClass().add("play");
        playButton.setGraphic(Glyph.PLAY.draw(PLAY));
        playButton.setTooltip(playTip);
        arrow.getStyleClass().removeAll("button-icon", "flat");
        arrow.getStyleClass().add("round");
        star.setOnAction(event -> withEntry(actions::toggleStar));
        bookmark.setOnAction(event -> withEntry(actions::toggleBookmark));
        playButton.setOnAction(event -> withEntry(actions::run));
        arrow.setOnAction(event -> openSession());
        listen();
    }

    /** Shows {@code shown}; {@code running} is its session, or null. */
    final void show(CatalogueEntry shown, @Nullable Session running, Runnability runnability) {
        entry = shown;
        session = running;
        Datalab datalab = shown.datalab();
        String kindName = texts.of("kind", datalab.kind());
        tile.setIcon(datalab.icon());
        name.setText(datalab.name());
        kind.setText(texts.get("card.kind", kindName, datalab.currentVersion().name()));
        kindIcon.setIconCode(datalab.kind() == Kind.WEB ? Octicons.GLOBE_16 : Octicons.DEVICE_DESKTOP_16);
        summary.setText(datalab.summary());
        showMarks(shown);
        showRun(datalab, running, runnability);
        String words = running == null ? runnability.brief() : state.getText();
        setAccessibleText(texts.get(
                words.isEmpty() ? "card.accessible" : "card.accessible.state",
                datalab.name(),
                kindName,
                shown.stars(),
                words));
        setAccessibleHelp(datalab.summary());
    }

    final @Nullable CatalogueEntry entry() {
        return entry;
    }

    private void showMarks(CatalogueEntry shown) {
        String title = shown.datalab().name();
        star.setText(texts.get("card.stars", shown.stars()));
        starIcon.setIconCode(shown.starred() ? Octicons.STAR_FILL_16 : Octicons.STAR_16);
        star.pseudoClassStateChanged(ON, shown.starred());
        star.setAccessibleText(texts.get(shown.starred() ? "star.take" : "star.give", title));
        starTip.setText(star.getAccessibleText());
        bookmark.setGraphic(shown.bookmarked() ? Glyph.BOOKMARK_FILL.draw(16) : new FontIcon(Octicons.BOOKMARK_16));
        bookmark.pseudoClassStateChanged(ON, shown.bookmarked());
        bookmark.setAction(texts.get(shown.bookmarked() ? "bookmark.take" : "bookmark.give", title));
    }

    private void showRun(Datalab datalab, @Nullable Session running, Runnability runnability) {
        if (running != null) {
            state.show(running.state());
            arrow.setAction(texts.get("card.open", running.name()));
        }
        List<String> tags = new ArrayList<>(datalab.missions());
        tags.addAll(datalab.themes());
        chip.setText(tags.isEmpty() ? "" : tags.get(0));
        boolean tagged = running == null && !tags.isEmpty() && runnability.possible();
        Shown.when(chip, tagged);
        brief.setText(runnability.brief());
        Shown.when(brief, running == null && !runnability.possible());
        Shown.when(state, running != null);
        Shown.when(arrow, running != null);
        Shown.when(play, running == null);
        play.refuse(runnability.possible() ? null : runnability.reason());
        playButton.setAccessibleText(texts.get("card.run", datalab.name()));
        playTip.setText(playButton.getAccessibleText());
    }

    private void listen() {
        // Consumed, or the list beneath would take the focus for itself.
        addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
            requestFocus();
            event.consume();
        });
        addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.isStillSincePress()) {
                withEntry(actions::open);
            }
        });
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getTarget() != this) {
                return;
            }
            if (event.getCode() == KeyCode.ENTER && event.isShortcutDown()) {
                runOrOpen();
            } else if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                withEntry(actions::open);
            } else {
                return;
            }
            event.consume();
        });
    }

    private void runOrOpen() {
        if (session != null) {
            openSession();
        } else if (!playButton.isDisabled()) {
            withEntry(actions::run);
        }
    }

    private void openSession() {
        if (session != null) {
            actions.openSession(session.id());
        }
    }

    private void withEntry(java.util.function.Consumer<CatalogueEntry> action) {
        if (entry != null) {
            action.accept(entry);
        }
    }
}
