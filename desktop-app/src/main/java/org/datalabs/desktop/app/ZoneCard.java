package org.datalabs.desktop.app;

import java.net.URI;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.datalabs.core.api.DatazoneInfo;
import org.datalabs.desktop.control.StateDot;
import org.datalabs.desktop.datazone.Connection;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.settings.DatazoneForm;
import org.datalabs.desktop.view.ScreenContext;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The list of datazones with their states; made anew each time it opens. */
final class ZoneCard extends VBox {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

    private final Texts texts = Texts.of(ZoneCard.class);
    private final ScreenContext context;

    ZoneCard(ScreenContext context) {
        this.context = context;
        getStyleClass().add("zone-card");
    }

    static StateDot.Colour colour(Connection state) {
        if (state instanceof Connection.Online) {
            return StateDot.Colour.GOOD;
        }
        return state instanceof Connection.Connecting ? StateDot.Colour.BUSY : StateDot.Colour.WAITING;
    }

    void refresh() {
        getChildren().clear();
        for (Datazone datazone : context.datazones().all()) {
            getChildren().add(line(datazone));
        }
        Region divider = new Region();
        divider.getStyleClass().add("divider");
        Label note = new Label(texts.get("zone.note"));
        note.getStyleClass().addAll("hint", "note");
        note.setWrapText(true);
        note.setMinHeight(USE_PREF_SIZE);
        Button add = new Button(texts.get("zone.add"), new FontIcon(Octicons.PLUS_16));
        add.getStyleClass().addAll("flat", "menu-line");
        add.setMaxWidth(Double.MAX_VALUE);
        add.setId("zone-add");
        add.setOnAction(event -> {
            context.popovers().close();
            new DatazoneForm(context).open();
        });
        getChildren().addAll(divider, note, add);
    }

    private Button line(Datazone datazone) {
        boolean current = datazone == context.datazones().currentProperty().get();
        Label name = new Label(datazone.name());
        name.getStyleClass().add("med");
        Label about = new Label(about(datazone));
        about.getStyleClass().addAll("small-text", "muted");
        VBox words = new VBox(name, about);
        HBox.setHgrow(words, Priority.ALWAYS);
        StateDot dot = new StateDot();
        dot.show(colour(datazone.connectionProperty().get()));
        Label state = new Label(state(datazone), dot);
        state.getStyleClass().add("small-text");
        state.setMinWidth(USE_PREF_SIZE);
        FontIcon check = new FontIcon(Octicons.CHECK_16);
        check.setVisible(current);
        HBox content = new HBox(
                new FontIcon(datazone.isLocal() ? Octicons.DEVICE_DESKTOP_16 : Feather.CLOUD), words, state, check);
        content.getStyleClass().add("zone-line-content");
        Button line = new Button();
        line.setGraphic(content);
        line.getStyleClass().addAll("flat", "menu-line", "zone-line");
        line.setMaxWidth(Double.MAX_VALUE);
        line.pseudoClassStateChanged(SELECTED, current);
        line.setAccessibleText(texts.get("zone.line", datazone.name(), state(datazone)));
        line.setOnAction(event -> {
            context.popovers().close();
            context.datazones().select(datazone);
        });
        return line;
    }

    private String about(Datazone datazone) {
        DatazoneInfo info = datazone.infoProperty().get();
        if (info != null) {
            return info.description();
        }
        URI address = datazone.address();
        return datazone.isLocal() || address == null ? "" : address.toString();
    }

    private String state(Datazone datazone) {
        Connection state = datazone.connectionProperty().get();
        if (state instanceof Connection.Online) {
            int running = datazone.sessions().size();
            return running == 0 ? texts.get("zone.online") : texts.get("zone.sessions", running);
        }
        return texts.get(state instanceof Connection.Connecting ? "zone.connecting" : "zone.offline");
    }
}
