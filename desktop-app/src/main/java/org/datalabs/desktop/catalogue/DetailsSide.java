package org.datalabs.desktop.catalogue;

import java.net.URI;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.LocalCommand;
import org.datalabs.core.catalogue.Maintainer;
import org.datalabs.core.catalogue.Need;
import org.datalabs.core.catalogue.Version;
import org.datalabs.desktop.control.MarkdownPane;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.view.ScreenContext;

/** The right column of a datalab's page: its details, and the volumes it uses. */
final class DetailsSide extends VBox {
    private static final double NAMES = 100;

    private final Texts texts = Texts.of(DetailsSide.class);
    private final Formats formats = new Formats();
    private final ScreenContext context;
    private int row;

    DetailsSide(ScreenContext context) {
        this.context = context;
        getStyleClass().add("details-side");
    }

    void show(CatalogueEntry entry) {
        Datalab datalab = entry.datalab();
        VBox details = new VBox(DetailsView.title(texts.get("side.details")), details(entry));
        details.getStyleClass().addAll("dl-card", "side-card");
        getChildren().setAll(details);
        if (!datalab.volumes().isEmpty()) {
            VBox volumes =
                    new VBox(DetailsView.title(texts.get("side.volumes")), new VolumeList(context, datalab.volumes()));
            volumes.getStyleClass().addAll("dl-card", "side-card");
            getChildren().add(volumes);
        }
    }

    private Node details(CatalogueEntry entry) {
        Datalab datalab = entry.datalab();
        Version version = datalab.currentVersion();
        GridPane grid = new GridPane();
        grid.getStyleClass().add("side-grid");
        ColumnConstraints names = new ColumnConstraints(NAMES);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().addAll(names, values);
        row = 0;
        add(grid, "maintainer", maintainer(datalab.maintainer()));
        add(grid, "licence", value(datalab.licence()));
        datalab.preset(datalab.recommendedPreset())
                .ifPresent(preset -> add(grid, "recommended", value(formats.resources(preset.resources()))));
        add(grid, "limits", value(formats.resources(datalab.limits().most())));
        add(grid, "released", value(formats.day(version.released())));
        add(grid, "runs", value(texts.get("side.runs.value", entry.runs())));
        if (version.image() != null) {
            add(grid, "image", mono(version.image()));
        }
        LocalCommand local = version.local();
        if (local != null && !local.needs().isEmpty()) {
            add(
                    grid,
                    "needs",
                    mono(local.needs().stream()
                            .map(Need::debianPackage)
                            .distinct()
                            .collect(Collectors.joining("\n"))));
        }
        return grid;
    }

    private void add(GridPane grid, String key, Node value) {
        Label name = new Label(texts.get("side." + key));
        name.getStyleClass().add("muted");
        grid.addRow(row++, name, value);
    }

    private Node maintainer(Maintainer maintainer) {
        URI home = MarkdownPane.webAddress(maintainer.url());
        if (home == null) {
            return value(maintainer.name());
        }
        Hyperlink link = new Hyperlink(maintainer.name());
        link.setWrapText(true);
        link.setOnAction(event -> context.browser().open(home));
        return link;
    }

    private static Label value(String words) {
        Label value = new Label(words);
        value.setWrapText(true);
        value.setMinHeight(USE_PREF_SIZE);
        return value;
    }

    private static Label mono(String words) {
        Label value = value(words);
        value.getStyleClass().add("mono");
        return value;
    }
}
