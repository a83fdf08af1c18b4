package org.datalabs.desktop.catalogue;

import java.net.URI;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.Link;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.desktop.control.Explained;
import org.datalabs.desktop.control.Glyph;
import org.datalabs.desktop.control.MarkdownPane;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.launch.LaunchPort;
import org.datalabs.desktop.view.ScreenContext;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** What stands below the tabs of a datalab's page. */
final class DetailsTabs extends VBox {
    private static final int FEW = 3;
    private static final double PLAY = 10;
    private static final double LINK_GAP = 20;

    private final Texts texts = Texts.of(DetailsTabs.class);
    private final Formats formats = new Formats();
    private final ScreenContext context;
    private final LaunchPort launches;
    private final Runnable allVersions;

    /** @param allVersions opens the tab of the versions */
    DetailsTabs(ScreenContext context, LaunchPort launches, Runnable allVersions) {
        this.context = context;
        this.launches = launches;
        this.allVersions = allVersions;
        getStyleClass().add("details-tabs");
    }

    void show(DetailsView.Tab tab, CatalogueEntry entry) {
        Datalab datalab = entry.datalab();
        getChildren().clear();
        switch (tab) {
            case OVERVIEW -> showOverview(entry);
            case VERSIONS ->
                getChildren().add(versions(entry, datalab.versions().size(), true));
            case VOLUMES -> getChildren().add(new VolumeList(context, datalab.volumes()));
            case LICENCE -> showLicence(datalab);
        }
    }

    private void showOverview(CatalogueEntry entry) {
        Datalab datalab = entry.datalab();
        FlowPane links = new FlowPane(LINK_GAP, 4);
        links.setAlignment(Pos.CENTER_RIGHT);
        HBox.setHgrow(links, Priority.ALWAYS);
        datalab.links().forEach(link -> addLink(links, link));
        HBox head = new HBox(DetailsView.title(texts.get("details.about")), links);
        head.setAlignment(Pos.CENTER_LEFT);
        MarkdownPane about = new MarkdownPane(context.browser()::open);
        about.show(datalab.description());
        HBox versionsHead = new HBox(DetailsView.title(texts.get("tab.VERSIONS")));
        versionsHead.getStyleClass().add("section-head");
        versionsHead.setAlignment(Pos.CENTER_LEFT);
        if (datalab.versions().size() > FEW) {
            Hyperlink all = new Hyperlink(
                    texts.get("details.versions.all", datalab.versions().size()));
            all.setOnAction(event -> allVersions.run());
            Region spring = new Region();
            HBox.setHgrow(spring, Priority.ALWAYS);
            versionsHead.getChildren().addAll(spring, all);
        }
        getChildren().addAll(head, about, versionsHead, versions(entry, FEW, false));
    }

    private void addLink(FlowPane links, Link link) {
        URI address = MarkdownPane.webAddress(link.url());
        if (address != null) {
            Hyperlink hyperlink = new Hyperlink(link.title(), new FontIcon(Octicons.LINK_EXTERNAL_16));
            hyperlink.setOnAction(event -> context.browser().open(address));
            links.getChildren().add(hyperlink);
        }
    }

    private void showLicence(Datalab datalab) {
        Label licence = new Label(datalab.licence());
        licence.getStyleClass().add("mono");
        Label note = new Label(texts.get(
                "details.licence.text", datalab.name(), datalab.maintainer().name()));
        note.setWrapText(true);
        note.getStyleClass().add("wrapped");
        getChildren().addAll(DetailsView.title(texts.get("tab.LICENCE")), licence, note);
    }

    private Node versions(CatalogueEntry entry, int most, boolean notes) {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("versions");
        for (int i = 0; i < 5; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setMinWidth(i == 3 ? 60 : Region.USE_PREF_SIZE);
            column.setHgrow(i == 3 ? Priority.ALWAYS : Priority.NEVER);
            grid.getColumnConstraints().add(column);
        }
        List<String> heads = List.of("version", "released", "size", "changes");
        for (int i = 0; i < heads.size(); i++) {
            Label head = new Label(texts.get("details.column." + heads.get(i)));
            head.getStyleClass().add("column");
            grid.add(cell(head, true, i), i, 0);
        }
        grid.add(cell(new Label(), true, heads.size()), heads.size(), 0);
        List<Version> versions = entry.datalab().versions();
        for (int i = 0; i < Math.min(most, versions.size()); i++) {
            addVersion(grid, i + 1, entry, versions.get(i), notes);
        }
        return grid;
    }

    private void addVersion(GridPane grid, int row, CatalogueEntry entry, Version version, boolean notes) {
        HBox name = new HBox(new Label(version.name()));
        name.getStyleClass().add("version-name");
        name.setAlignment(Pos.CENTER_LEFT);
        boolean current = version.equals(entry.datalab().currentVersion());
        if (current || version.deprecated()) {
            Label badge = new Label(texts.get(current ? "version.current" : "version.deprecated"));
            badge.getStyleClass().addAll("badge", current ? "green" : "yellow");
            name.getChildren().add(badge);
        }
        Label size = new Label(version.sizeBytes() == null ? "–" : formats.bytes(version.sizeBytes()));
        grid.add(cell(name, false, 0), 0, row);
        grid.add(cell(muted(new Label(formats.day(version.released()))), false, 1), 1, row);
        grid.add(cell(muted(size), false, 2), 2, row);
        grid.add(cell(changes(version, notes), false, 3), 3, row);
        grid.add(cell(runVersion(entry, version), false, 4), 4, row);
    }

    private Node changes(Version version, boolean whole) {
        if (whole) {
            MarkdownPane pane = new MarkdownPane(context.browser()::open);
            pane.show(version.notes());
            return pane;
        }
        String firstLine = version.notes().strip().lines().findFirst().orElse("");
        return muted(new Label(firstLine));
    }

    private Node runVersion(CatalogueEntry entry, Version version) {
        Button run = new Button(texts.get("version.run"), Glyph.PLAY.draw(PLAY));
        run.getStyleClass().addAll("flat", "small");
        run.setAccessibleText(
                texts.get("version.run.accessible", entry.datalab().name(), version.name()));
        run.setOnAction(event -> launches.choose(
                new LaunchRequest(entry.datalab().id(), version.name(), null, null, null, null, null, null)));
        Explained explained = new Explained(run);
        Runnability runnability =
                Runnability.of(entry, context.datazones().currentProperty().get(), texts);
        explained.refuse(runnability.possible() ? null : runnability.reason());
        return explained;
    }

    private static Label muted(Label label) {
        label.getStyleClass().add("muted");
        return label;
    }

    private static Node cell(Node content, boolean head, int column) {
        HBox cell = new HBox(content);
        cell.getStyleClass().add(head ? "head-cell" : "cell");
        cell.setAlignment(column == 4 ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
        HBox.setHgrow(content, Priority.ALWAYS);
        return cell;
    }
}
