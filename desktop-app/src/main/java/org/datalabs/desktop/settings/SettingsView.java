package org.datalabs.desktop.settings;

import atlantafx.base.controls.ToggleSwitch;
import java.net.URI;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.datalabs.desktop.control.IconButton;
import org.datalabs.desktop.control.ModalHost;
import org.datalabs.desktop.control.SegmentedControl;
import org.datalabs.desktop.control.StateDot;
import org.datalabs.desktop.datazone.Connection;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.datazone.Datazones;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.theme.Appearance;
import org.datalabs.desktop.theme.Scheme;
import org.datalabs.desktop.theme.StyleSheets;
import org.datalabs.desktop.view.Following;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.ScreenContext;
import org.datalabs.desktop.view.ScreenView;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The settings page. Every change holds at once. */
public final class SettingsView extends ScreenView {
    private final Texts texts = Texts.of(SettingsView.class);
    private final ScreenContext context;
    private final Appearance appearance;
    private final Path state;
    private final SegmentedControl<Scheme> scheme;
    private final ToggleSwitch reduced = new ToggleSwitch();
    private final VBox zones = new VBox();
    private final ScrollPane root = new ScrollPane();

    /** @param state folder of the app's state */
    public SettingsView(ScreenContext context, Appearance appearance, Path state) {
        this.context = context;
        this.appearance = appearance;
        this.state = state;
        scheme = new SegmentedControl<>(appearance.schemeProperty()::set);
        build();
    }

    @Override
    public Parent node() {
        return root;
    }

    @Override
    protected Subscription attach(Place place) {
        reduced.selectedProperty().bindBidirectional(appearance.reducedProperty());
        return Subscription.combine(
                appearance.schemeProperty().subscribe(scheme::choose),
                Following.list(
                        context.datazones().currentProperty(),
                        current -> context.datazones().all(),
                        this::showZones),
                context.now().subscribe(now -> showZones()),
                () -> reduced.selectedProperty().unbindBidirectional(appearance.reducedProperty()));
    }

    private void build() {
        StyleSheets.add(root, SettingsView.class);
        Label title = new Label(texts.get("title"));
        title.getStyleClass().add("t1");
        scheme.add(Scheme.LIGHT, texts.get("scheme.light"), new FontIcon(Octicons.SUN_16))
                .setId("scheme-light");
        scheme.add(Scheme.DARK, texts.get("scheme.dark"), new FontIcon(Octicons.MOON_16))
                .setId("scheme-dark");
        reduced.setAccessibleText(texts.get("motion"));
        reduced.setId("reduced-motion");
        TextField folder = new TextField(state.toString());
        folder.setEditable(false);
        folder.getStyleClass().add("mono");
        folder.setAccessibleText(texts.get("state"));
        HBox.setHgrow(folder, Priority.ALWAYS);
        Button add = new Button(texts.get("zones.add"), new FontIcon(Octicons.PLUS_16));
        add.setId("add-datazone");
        add.setOnAction(event -> new DatazoneForm(context).open());
        zones.getStyleClass().add("zones");
        VBox page = new VBox(
                title,
                card("appearance", row("scheme", scheme), row("motion", reduced)),
                card("zones", zones, add),
                card("state", folder));
        page.getStyleClass().addAll("screen", "settings");
        root.setContent(page);
        root.setFitToWidth(true);
        root.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    }

    private VBox card(String key, Node... content) {
        Label title = new Label(texts.get(key));
        title.getStyleClass().add("t3");
        Label text = new Label(texts.get(key + ".text"));
        text.getStyleClass().addAll("small-text", "muted");
        text.setWrapText(true);
        VBox card = new VBox(title, text);
        card.getChildren().addAll(content);
        card.getStyleClass().addAll("dl-card", "settings-card");
        return card;
    }

    private HBox row(String key, Node control) {
        Label name = new Label(texts.get(key));
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        HBox row = new HBox(name, control);
        row.getStyleClass().add("settings-row");
        return row;
    }

    private void showZones() {
        Datazones datazones = context.datazones();
        while (zones.getChildren().size() > datazones.all().size()) {
            zones.getChildren().remove(zones.getChildren().size() - 1);
        }
        for (int i = 0; i < datazones.all().size(); i++) {
            Datazone datazone = datazones.all().get(i);
            if (i == zones.getChildren().size()) {
                zones.getChildren().add(new ZoneRow(datazone));
            } else if (zones.getChildren().get(i) instanceof ZoneRow row && row.datazone != datazone) {
                zones.getChildren().set(i, new ZoneRow(datazone));
            }
            if (zones.getChildren().get(i) instanceof ZoneRow row) {
                row.update();
            }
        }
    }

    private final class ZoneRow extends HBox {
        private final Datazone datazone;
        private final StateDot dot = new StateDot();
        private final Label connection = new Label("", dot);
        private final Button use = new Button(texts.get("zones.use"));

        ZoneRow(Datazone datazone) {
            this.datazone = datazone;
            getStyleClass().add("zone-row");
            Label name = new Label(datazone.name());
            name.getStyleClass().add("med");
            URI address = datazone.address();
            Label about =
                    new Label(datazone.isLocal() || address == null ? texts.get("zones.local") : address.toString());
            about.getStyleClass().addAll("small-text", "muted");
            VBox words = new VBox(name, about);
            words.setMinWidth(0);
            HBox.setHgrow(words, Priority.ALWAYS);
            connection.getStyleClass().add("small-text");
            connection.setMinWidth(USE_PREF_SIZE);
            use.getStyleClass().add("small");
            use.setAccessibleText(texts.get("zones.use.accessible", datazone.name()));
            use.setOnAction(event -> context.datazones().select(datazone));
            getChildren()
                    .addAll(
                            new FontIcon(datazone.isLocal() ? Octicons.DEVICE_DESKTOP_16 : Feather.CLOUD),
                            words,
                            connection,
                            use);
            if (!datazone.isLocal()) {
                IconButton remove = new IconButton(Octicons.TRASH_16, texts.get("zones.remove", datazone.name()));
                remove.setOnAction(event -> askToRemove());
                getChildren().add(remove);
            }
        }

        void update() {
            boolean current = context.datazones().currentProperty().get() == datazone;
            use.setDisable(current);
            use.setText(texts.get(current ? "zones.current" : "zones.use"));
            Connection now = datazone.connectionProperty().get();
            if (now instanceof Connection.Online online) {
                dot.show(StateDot.Colour.GOOD);
                connection.setText(texts.get("zones.online", online.roundTripMillis()));
            } else if (now instanceof Connection.Offline offline) {
                dot.show(StateDot.Colour.WAITING);
                connection.setText(offline.cause().code().title());
            } else {
                dot.show(StateDot.Colour.BUSY);
                connection.setText(texts.get("zones.connecting"));
            }
        }

        private void askToRemove() {
            context.dialogs()
                    .confirm(
                            new ModalHost.Confirmation(
                                    texts.get("remove.title", datazone.name()),
                                    texts.get("remove.text", datazone.name()),
                                    texts.get("remove.keep"),
                                    texts.get("remove.action")),
                            () -> context.datazones().remove(datazone));
        }
    }
}
