package org.datalabs.desktop.session;

import java.time.Duration;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.Region;
import javafx.util.Subscription;
import org.datalabs.desktop.control.Glyph;
import org.datalabs.desktop.control.PopoverHost;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.session.vnc.ScaleMode;
import org.datalabs.desktop.session.vnc.SpecialKeys;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The tools of a desktop datalab: round trip, scale, full screen, clipboard, keyboard. */
final class DesktopTools {
    private final DesktopEngine engine;
    private final Texts texts = Texts.of(DesktopTools.class);
    private final PopoverHost popovers;
    private final Label roundTrip = new Label();
    private final MenuButton scale = new MenuButton();
    private final Button fullScreen;
    private final Button clipboard;
    private final MenuButton keyboard;
    private final ClipboardCard card;
    private final Subscription bound;

    DesktopTools(DesktopEngine engine, String datalab, PopoverHost popovers, Runnable toggleFullScreen) {
        this.engine = engine;
        this.popovers = popovers;
        roundTrip.setGraphic(new FontIcon(Feather.WIFI));
        roundTrip.getStyleClass().addAll("small-text", "muted", "round-trip");
        fullScreen = ToolbarView.tool(
                "session-fullscreen", texts.get("full.screen"), Octicons.SCREEN_FULL_16, toggleFullScreen);
        card = new ClipboardCard(engine, datalab, popovers::close);
        clipboard =
                ToolbarView.tool("session-clipboard", texts.get("clipboard"), Feather.CLIPBOARD, this::openClipboard);
        keyboard = keyboardMenu();
        scaleMenu();
        bound = Subscription.combine(
                engine.roundTripProperty().subscribe(this::showRoundTrip),
                engine.scaleModeProperty().subscribe(mode -> scale.setText(texts.of("scale", mode))));
    }

    /** In the order of the bar. */
    List<Node> nodes() {
        return List.of(scale, fullScreen, clipboard, keyboard);
    }

    Node roundTrip() {
        return roundTrip;
    }

    void dispose() {
        bound.unsubscribe();
        card.dispose();
    }

    private void openClipboard() {
        if (popovers.isShowing(card)) {
            popovers.close();
        } else {
            popovers.show(card, clipboard, false);
        }
    }

    private void showRoundTrip(Duration time) {
        roundTrip.setVisible(time != null);
        if (time != null) {
            roundTrip.setText(texts.get("round.trip", Math.max(1, time.toMillis())));
        }
    }

    private void scaleMenu() {
        scale.setId("session-scale");
        scale.setGraphic(new FontIcon(Feather.ZOOM_IN));
        scale.getStyleClass().addAll("flat", "small");
        scale.setMinWidth(Region.USE_PREF_SIZE);
        ToggleGroup group = new ToggleGroup();
        for (ScaleMode mode : ScaleMode.values()) {
            RadioMenuItem item = new RadioMenuItem(texts.of("scale", mode));
            item.setToggleGroup(group);
            item.setSelected(mode == engine.scaleModeProperty().get());
            item.setOnAction(event -> engine.scaleModeProperty().set(mode));
            scale.getItems().add(item);
        }
    }

    private MenuButton keyboardMenu() {
        MenuButton menu = new MenuButton(texts.get("keyboard"), Glyph.KEYBOARD.draw(16));
        menu.setId("session-keyboard");
        menu.getStyleClass().addAll("flat", "small");
        menu.setMinWidth(Region.USE_PREF_SIZE);
        for (SpecialKeys keys : SpecialKeys.values()) {
            MenuItem item = new MenuItem(texts.of("keys", keys));
            item.setOnAction(event -> engine.sendKeys(keys));
            menu.getItems().add(item);
        }
        CheckMenuItem grab = new CheckMenuItem(texts.get("keys.grab"));
        grab.setId("keys-grab");
        grab.selectedProperty().bindBidirectional(engine.grabKeysProperty());
        Label hint = new Label(texts.get("keys.hint"));
        hint.getStyleClass().addAll("small-text", "muted");
        CustomMenuItem words = new CustomMenuItem(hint, false);
        words.setDisable(true);
        menu.getItems().addAll(new SeparatorMenuItem(), grab, new SeparatorMenuItem(), words);
        return menu;
    }
}
