package org.datalabs.desktop.session;

import java.util.List;
import java.util.concurrent.CompletionStage;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.util.Subscription;
import org.datalabs.desktop.control.IconButton;
import org.datalabs.desktop.control.ToastHost;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.problem.Problems;
import org.datalabs.desktop.view.ScreenContext;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The tools of a web datalab: back, reload, page address, zoom, full screen, the system's browser. */
final class WebTools {
    private static final List<Integer> ZOOMS = List.of(50, 75, 90, 100, 110, 125, 150, 200);
    private static final double PERCENT = 100;

    private final WebEngine engine;
    private final ScreenContext shell;
    private final Texts texts = Texts.of(WebTools.class);
    private final Label page = new Label();
    private final MenuButton zoom = new MenuButton();
    private final Subscription bound;
    private final List<Node> left;
    private final List<Node> right;

    WebTools(WebEngine engine, ScreenContext shell, Runnable toggleFullScreen) {
        this.engine = engine;
        this.shell = shell;
        IconButton back = new IconButton(Octicons.ARROW_LEFT_16, texts.get("back"));
        back.setId("session-back");
        back.setOnAction(event -> engine.back());
        IconButton reload = new IconButton(Octicons.SYNC_16, texts.get("reload"));
        reload.setId("session-reload");
        reload.setOnAction(event -> engine.reload());
        page.setId("session-page");
        page.setGraphic(new FontIcon(Octicons.LOCK_16));
        page.getStyleClass().addAll("page-title", "small-text", "muted");
        zoomMenu();
        left = List.of(back, reload, page);
        right = List.of(
                zoom,
                ToolbarView.tool(
                        "session-fullscreen", texts.get("full.screen"), Octicons.SCREEN_FULL_16, toggleFullScreen),
                ToolbarView.tool("session-browser", texts.get("browser"), Octicons.BROWSER_16, this::openBrowser));
        bound = Subscription.combine(
                engine.titleProperty().subscribe(title -> showPage()),
                engine.addressProperty().subscribe(address -> showPage()),
                engine.zoomProperty()
                        .subscribe(
                                value -> zoom.setText(texts.get("zoom", Math.round(value.doubleValue() * PERCENT)))));
    }

    /** Stand before the state. */
    List<Node> left() {
        return left;
    }

    List<Node> nodes() {
        return right;
    }

    void dispose() {
        bound.unsubscribe();
    }

    /** A page at the root has no path to show. */
    private void showPage() {
        String address = engine.addressProperty().get();
        String title = engine.titleProperty().get();
        page.setText(address.isEmpty() ? title : address);
        page.setTooltip(title.isEmpty() ? null : new Tooltip(title));
    }

    private void zoomMenu() {
        zoom.setId("session-zoom");
        zoom.setGraphic(new FontIcon(Feather.ZOOM_IN));
        zoom.getStyleClass().addAll("flat", "small");
        zoom.setMinWidth(Region.USE_PREF_SIZE);
        ToggleGroup group = new ToggleGroup();
        for (int percent : ZOOMS) {
            RadioMenuItem item = new RadioMenuItem(texts.get("zoom", percent));
            item.setToggleGroup(group);
            item.setSelected(Math.round(engine.zoomProperty().get() * PERCENT) == percent);
            item.setOnAction(event -> engine.zoomProperty().set(percent / PERCENT));
            zoom.getItems().add(item);
        }
    }

    private void openBrowser() {
        CompletionStage<?> unused = engine.browserAddress()
                .whenComplete((address, thrown) -> Platform.runLater(() -> {
                    if (thrown == null) {
                        shell.browser().open(address);
                    } else {
                        shell.toasts()
                                .show(new ToastHost.Toast(
                                        Tone.DANGER, Problems.of(thrown).text(), null));
                    }
                }));
    }
}
