package org.datalabs.desktop.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.datalabs.desktop.control.OverlayPane;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.theme.Appearance;
import org.datalabs.desktop.theme.Scheme;
import org.datalabs.desktop.theme.StyleSheets;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.Screen;
import org.datalabs.desktop.view.ScreenContext;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.octicons.Octicons;

/** The window's content: edges, the page of the current place, and the keys that work everywhere. */
final class Shell {
    private static final double NARROW = 1180;

    private final Texts texts = Texts.of(Shell.class);
    private final ScreenContext context;
    private final Screens screens;
    private final Appearance appearance;
    private final OverlayPane overlay;
    private final StackPane page = new StackPane();
    private final Sidebar sidebar;
    private final HeaderBar header;
    private final List<Nav> places;
    private Optional<Screen> current = Optional.empty();
    private Map<KeyCombination, Runnable> screenKeys = Map.of();
    private @Nullable Stage stage;

    /**
     * @param frame the pane that {@code overlay} lies over; gets the shell's parts
     * @param version of the app, or null when it was not packaged
     */
    Shell(
            ScreenContext context,
            Screens screens,
            Appearance appearance,
            OverlayPane overlay,
            BorderPane frame,
            @Nullable String version) {
        this.context = context;
        this.screens = screens;
        this.appearance = appearance;
        this.overlay = overlay;
        places = Nav.PLACES.stream().filter(nav -> screens.has(nav.place())).toList();
        page.getStyleClass().add("page");
        // The window's size rules: a screen that wants more is cut at its right and lower edge, and moves nothing else.
        page.setMinSize(0, 0);
        page.setAlignment(Pos.TOP_LEFT);
        frame.setMinSize(0, 0);
        header = new HeaderBar(context, this::openPalette, this::showKeys);
        sidebar = new Sidebar(context, screens);
        frame.getStyleClass().add("chrome");
        frame.setTop(header);
        frame.setLeft(sidebar);
        frame.setCenter(page);
        frame.setBottom(new StatusBar(context, version));
        StyleSheets.add(overlay, Shell.class);
    }

    /** Shows the current place and listens to the keys of {@code scene}. */
    void attach(Stage window, Scene scene) {
        stage = window;
        scene.getAccelerators().putAll(shellKeys());
        scene.widthProperty().subscribe(width -> fitSidebar());
        context.navigator().placeProperty().subscribe(place -> show(scene, place));
    }

    /** Takes the focus from the first button, so that no control looks chosen at the start. */
    void takeFocus() {
        page.requestFocus();
    }

    private void show(Scene scene, Place place) {
        Optional<Screen> next = screens.screen(place);
        if (!next.equals(current)) {
            current.ifPresent(Screen::hide);
            screenKeys.keySet().forEach(scene.getAccelerators()::remove);
            // A screen may have taken one of ours, such as F11.
            scene.getAccelerators().putAll(shellKeys());
            current = next;
            next.ifPresent(screen -> page.getChildren().setAll(screen.node()));
            // The focus went with the page before; from here Tab goes into the new one.
            page.requestFocus();
            screenKeys = next.map(Screen::keys).orElse(Map.of());
            scene.getAccelerators().putAll(screenKeys);
        }
        next.ifPresent(screen -> screen.show(place));
        fitSidebar();
    }

    private void fitSidebar() {
        Scene scene = overlay.getScene();
        boolean narrow = scene != null && scene.getWidth() > 0 && scene.getWidth() < NARROW;
        sidebar.setRail(narrow || current.map(Screen::wantsRoom).orElse(false));
    }

    private Map<KeyCombination, Runnable> shellKeys() {
        Map<KeyCombination, Runnable> keys = new LinkedHashMap<>();
        keys.put(shortcut(KeyCode.K), this::openPalette);
        keys.put(shortcut(KeyCode.F), () -> unlessDialog(Screen::focusSearch));
        keys.put(shortcut(KeyCode.D, KeyCombination.SHIFT_DOWN), header::openZones);
        keys.put(new KeyCodeCombination(KeyCode.F5), () -> unlessDialog(Screen::refresh));
        keys.put(new KeyCodeCombination(KeyCode.F11), this::toggleFullScreen);
        keys.put(new KeyCodeCombination(KeyCode.LEFT, KeyCombination.ALT_DOWN), context.navigator()::back);
        keys.put(new KeyCodeCombination(KeyCode.RIGHT, KeyCombination.ALT_DOWN), context.navigator()::forward);
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i).place();
            keys.put(shortcut(KeyCode.getKeyCode(String.valueOf(i + 1))), () -> context.navigator()
                    .open(place));
        }
        return keys;
    }

    private static KeyCombination shortcut(KeyCode key, KeyCombination.Modifier... more) {
        List<KeyCombination.Modifier> modifiers = new ArrayList<>(List.of(more));
        modifiers.add(KeyCombination.SHORTCUT_DOWN);
        return new KeyCodeCombination(key, modifiers.toArray(KeyCombination.Modifier[]::new));
    }

    private void unlessDialog(Consumer<Screen> action) {
        if (!overlay.isShowing()) {
            current.ifPresent(action);
        }
    }

    private void toggleFullScreen() {
        if (stage != null) {
            stage.setFullScreen(!stage.isFullScreen());
        }
    }

    private void openPalette() {
        PaletteViewModel model = new PaletteViewModel(context.datazones(), context.navigator(), this::commands);
        context.dialogs().showAtTop(new PaletteView(model, context.dialogs()::close), () -> {});
    }

    private void showKeys() {
        context.dialogs().show(new KeysDialog(context.dialogs()::close), () -> {});
    }

    private List<PaletteItem> commands() {
        List<PaletteItem> items = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            items.add(place(places.get(i), texts.get("palette.key.place", i + 1)));
        }
        if (screens.has(Nav.SETTINGS.place())) {
            items.add(place(Nav.SETTINGS, ""));
        }
        boolean light = appearance.schemeProperty().get() == Scheme.LIGHT;
        items.add(command(
                light ? "command.dark" : "command.light",
                light ? Octicons.MOON_16 : Octicons.SUN_16,
                "",
                () -> appearance
                        .schemeProperty()
                        .set(appearance.schemeProperty().get().other())));
        BooleanProperty reduced = appearance.reducedProperty();
        items.add(command(
                reduced.get() ? "command.motion" : "command.still",
                Octicons.SKIP_16,
                "",
                () -> reduced.set(!reduced.get())));
        items.add(command("command.zone", Octicons.SERVER_16, texts.get("keys.key.zone"), header::openZones));
        items.add(command(
                "command.refresh",
                Octicons.SYNC_16,
                texts.get("keys.key.refresh"),
                () -> unlessDialog(Screen::refresh)));
        items.add(command("command.full", Octicons.SCREEN_FULL_16, texts.get("keys.key.full"), this::toggleFullScreen));
        items.add(command("command.keys", Octicons.QUESTION_16, "", this::showKeys));
        return items;
    }

    private PaletteItem place(Nav nav, String keys) {
        return new PaletteItem(
                PaletteItem.Group.PLACES, texts.get(nav.key()), "", null, nav.icon(), keys, () -> context.navigator()
                        .open(nav.place()));
    }

    private PaletteItem command(String key, Octicons icon, String keys, Runnable run) {
        return new PaletteItem(PaletteItem.Group.COMMANDS, texts.get(key), "", null, icon, keys, run);
    }
}
