package org.datalabs.desktop.app;

import java.time.Duration;
import java.time.Instant;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.datalabs.desktop.control.StateDot;
import org.datalabs.desktop.datazone.CatalogueSnapshot;
import org.datalabs.desktop.datazone.Connection;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.view.Following;
import org.datalabs.desktop.view.ScreenContext;
import org.jspecify.annotations.Nullable;

/** The lower edge: connection, age of the catalogue, clock, version. */
final class StatusBar extends HBox {
    private final Texts texts = Texts.of(StatusBar.class);
    private final Formats formats = new Formats();
    private final ScreenContext context;
    private final StateDot dot = new StateDot();
    private final Label connection = new Label();
    private final Label catalogue = new Label();
    private final Label nextTry = new Label();
    private final Label clock = new Label();

    /** @param version of the app, or null when it was not packaged */
    StatusBar(ScreenContext context, @Nullable String version) {
        this.context = context;
        getStyleClass().addAll("chrome", "status");
        connection.setGraphic(dot);
        connection.setId("connection");
        Region spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        getChildren().addAll(connection, divider(), catalogue, spring, nextTry, clock);
        if (version != null) {
            getChildren().addAll(divider(), new Label(texts.get("status.version", version)));
        }
        ObservableValue<Datazone> current = context.datazones().currentProperty();
        Following.value(current, Datazone::connectionProperty, this::showConnection);
        Following.value(current, Datazone::catalogueProperty, this::showCatalogue);
        context.now().subscribe(this::showTime);
    }

    private static Region divider() {
        Region divider = new Region();
        divider.getStyleClass().add("vertical-divider");
        return divider;
    }

    private void showConnection() {
        Datazone datazone = context.datazones().currentProperty().get();
        Connection state = datazone.connectionProperty().get();
        if (state instanceof Connection.Online online) {
            dot.show(StateDot.Colour.GOOD);
            connection.setText(texts.get("status.online", datazone.name(), online.roundTripMillis()));
        } else if (state instanceof Connection.Connecting connecting) {
            dot.show(StateDot.Colour.BUSY);
            connection.setText(connecting.what());
        } else if (state instanceof Connection.Offline offline) {
            dot.show(StateDot.Colour.WAITING);
            Instant now = context.now().getValue();
            connection.setText(texts.get("status.offline", formats.recent(offline.since(), now)));
        }
        showNextTry(context.now().getValue());
    }

    private void showCatalogue() {
        CatalogueSnapshot snapshot =
                context.datazones().currentProperty().get().catalogueProperty().get();
        catalogue.setText(
                snapshot.isNone()
                        ? texts.get("status.catalogue.none")
                        : texts.get(
                                "status.catalogue",
                                formats.recent(snapshot.readAt(), context.now().getValue())));
    }

    private void showTime(Instant now) {
        clock.setText(formats.moment(now));
        showNextTry(now);
    }

    private void showNextTry(Instant now) {
        Connection state =
                context.datazones().currentProperty().get().connectionProperty().get();
        Instant planned = state instanceof Connection.Offline offline ? offline.nextTry() : null;
        boolean shown = planned != null && planned.isAfter(now);
        nextTry.setVisible(shown);
        if (planned != null && shown) {
            nextTry.setText(texts.get("status.next", formats.duration(Duration.between(now, planned))));
        }
    }
}
