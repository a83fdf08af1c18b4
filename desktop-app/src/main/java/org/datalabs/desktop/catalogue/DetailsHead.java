package org.datalabs.desktop.catalogue;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.session.Session;
import org.datalabs.desktop.control.Chip;
import org.datalabs.desktop.control.DatalabTile;
import org.datalabs.desktop.control.Explained;
import org.datalabs.desktop.control.Glyph;
import org.datalabs.desktop.control.IconButton;
import org.datalabs.desktop.control.MarkdownPane;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.launch.LaunchPort;
import org.datalabs.desktop.session.SessionPort;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.ScreenContext;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The head of a datalab's page: where it is, what it is, and what can be done with it. */
final class DetailsHead extends VBox {
    private static final PseudoClass ON = PseudoClass.getPseudoClass("on");
    private static final double PLAY = 12;
    private static final double CHIP_GAP = 6;

    private final Texts texts = Texts.of(DetailsHead.class);
    private final ScreenContext context;
    private final LaunchPort launches;
    private final SessionPort sessions;
    private final Marker marker;
    private final Label crumb = new Label();
    private final DatalabTile tile = new DatalabTile(DatalabTile.Size.LARGE);
    private final Label name = new Label();
    private final Hyperlink maintainer = new Hyperlink();
    private final Label summary = new Label();
    private final FlowPane chips = new FlowPane(CHIP_GAP, CHIP_GAP);
    private final Button star = new Button();
    private final FontIcon starIcon = new FontIcon(Octicons.STAR_16);
    private final Label stars = new Label();
    private final IconButton bookmark = new IconButton(Octicons.BOOKMARK_16, "");
    private final Button open = new Button();
    private final SplitMenuButton runButton = new SplitMenuButton();
    private final Explained runBox = new Explained(runButton);
    private @Nullable CatalogueEntry entry;
    private @Nullable Session session;

    DetailsHead(ScreenContext context, LaunchPort launches, SessionPort sessions) {
        this.context = context;
        this.launches = launches;
        this.sessions = sessions;
        marker = new Marker(context.datazones(), context.toasts());
        getStyleClass().add("details-head");
        getChildren().addAll(crumbs(), new HBox(tile, words(), buttons()));
        getChildren().get(1).getStyleClass().add("details-title");
    }

    void show(CatalogueEntry shown, @Nullable Session running, Runnability runnability) {
        entry = shown;
        session = running;
        Datalab datalab = shown.datalab();
        crumb.setText(datalab.name());
        tile.setIcon(datalab.icon());
        name.setText(datalab.name());
        summary.setText(datalab.summary());
        URI home = MarkdownPane.webAddress(datalab.maintainer().url());
        maintainer.setText(texts.get("details.maintainer", datalab.maintainer().name()));
        maintainer.setDisable(home == null);
        maintainer.setOnAction(event -> Optional.ofNullable(home).ifPresent(context.browser()::open));
        showChips(datalab);
        star.setText(texts.get(shown.starred() ? "star.starred" : "star.star"));
        star.setAccessibleText(texts.get(shown.starred() ? "star.take" : "star.give", datalab.name()));
        star.pseudoClassStateChanged(ON, shown.starred());
        starIcon.setIconCode(shown.starred() ? Octicons.STAR_FILL_16 : Octicons.STAR_16);
        stars.setText(texts.get("card.stars", shown.stars()));
        bookmark.setAction(texts.get(shown.bookmarked() ? "bookmark.take" : "bookmark.give", datalab.name()));
        bookmark.pseudoClassStateChanged(ON, shown.bookmarked());
        bookmark.setGraphic(shown.bookmarked() ? Glyph.BOOKMARK_FILL.draw(16) : new FontIcon(Octicons.BOOKMARK_16));
        Shown.when(open, running != null);
        if (running != null) {
            open.setText(texts.get("card.open", running.name()));
        }
        runBox.refuse(runnability.possible() ? null : runnability.reason());
    }

    /** Runs the datalab with its defaults, if it can be run. */
    void run() {
        if (entry != null && !runButton.isDisabled()) {
            launches.run(entry.datalab().id());
        }
    }

    private Node crumbs() {
        Hyperlink catalogue = new Hyperlink(texts.get("title"));
        catalogue.setOnAction(event -> context.navigator().open(new Place.Catalogue()));
        crumb.getStyleClass().addAll("small-text", "muted");
        catalogue.getStyleClass().add("small-text");
        HBox crumbs = new HBox(catalogue, new FontIcon(Octicons.CHEVRON_RIGHT_16), crumb);
        crumbs.getStyleClass().add("crumbs");
        return crumbs;
    }

    private Node words() {
        name.getStyleClass().add("t1");
        name.setMinWidth(USE_PREF_SIZE);
        name.setId("details-name");
        maintainer.setGraphic(new FontIcon(Octicons.VERIFIED_16));
        maintainer.getStyleClass().addAll("small-text", "med");
        HBox first = new HBox(name, maintainer);
        first.getStyleClass().add("first");
        summary.getStyleClass().add("muted");
        summary.setWrapText(true);
        VBox words = new VBox(first, summary, chips);
        words.getStyleClass().add("words");
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        return words;
    }

    private Node buttons() {
        star.setGraphic(starIcon);
        star.getStyleClass().add("star-left");
        star.setId("details-star");
        star.setOnAction(event -> withEntry(marker::toggleStar));
        stars.getStyleClass().add("star-right");
        HBox starBox = new HBox(star, stars);
        starBox.setAlignment(Pos.CENTER);
        bookmark.setOnAction(event -> withEntry(marker::toggleBookmark));
        open.setGraphic(new FontIcon(Octicons.ARROW_RIGHT_16));
        open.setOnAction(event -> {
            if (session != null) {
                sessions.open(session.id());
            }
        });
        runButton.setText(texts.get("run"));
        runButton.setId("run");
        runButton.setGraphic(Glyph.PLAY.draw(PLAY));
        runButton.getStyleClass().add("accent");
        runButton.setOnAction(event -> run());
        MenuItem defaults = new MenuItem(texts.get("run.defaults"));
        defaults.setOnAction(event -> run());
        MenuItem choose = new MenuItem(texts.get("run.choose"));
        choose.setId("run-choose");
        choose.setOnAction(
                event -> withEntry(now -> launches.choose(now.datalab().id())));
        runButton.getItems().addAll(defaults, choose);
        HBox buttons = new HBox(starBox, bookmark, open, runBox);
        buttons.getStyleClass().add("buttons");
        buttons.setMinWidth(USE_PREF_SIZE);
        return buttons;
    }

    private void showChips(Datalab datalab) {
        Chip kind = new Chip(texts.of("kind", datalab.kind()));
        kind.setGraphic(new FontIcon(datalab.kind() == Kind.WEB ? Octicons.GLOBE_16 : Octicons.DEVICE_DESKTOP_16));
        chips.getChildren().setAll(kind);
        List<String> tags = new ArrayList<>(datalab.domains());
        tags.addAll(datalab.missions());
        tags.addAll(datalab.instruments());
        tags.addAll(datalab.themes());
        tags.stream().distinct().forEach(tag -> chips.getChildren().add(new Chip(tag)));
    }

    private void withEntry(java.util.function.Consumer<CatalogueEntry> action) {
        if (entry != null) {
            action.accept(entry);
        }
    }
}
