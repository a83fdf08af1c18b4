package org.datalabs.desktop.session;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.datalabs.core.session.SessionId;
import org.datalabs.desktop.control.IconButton;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.theme.StyleSheets;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.ScreenView;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.octicons.Octicons;

/** The screen of running datalabs: tabs, made when first shown and kept until closed. */
final class SessionsView extends ScreenView {
    private final SessionTabsViewModel tabs;
    private final TabContext context;
    private final HBox headers = new HBox();
    private final StackPane content = new StackPane();
    private final VBox node = new VBox();
    private final Map<SessionTabViewModel, TabHeader> handles = new HashMap<>();
    private final Map<SessionTabViewModel, SessionTabView> views = new HashMap<>();
    private final IconButton more;
    private @Nullable SessionId logWanted;
    private boolean showing;

    SessionsView(SessionTabsViewModel tabs, TabContext context) {
        this.tabs = tabs;
        this.context = context;
        StyleSheets.add(node, SessionsView.class);
        node.getStyleClass().add("sessions");
        headers.getStyleClass().add("session-tabs");
        Texts texts = Texts.of(SessionsView.class);
        more = new IconButton(Octicons.PLUS_16, texts.get("tab.new"));
        more.setId("session-tab-new");
        more.setOnAction(event -> context.shell().navigator().open(new Place.Catalogue()));
        VBox.setVgrow(content, Priority.ALWAYS);
        content.setMinHeight(0);
        node.getChildren().addAll(headers, content);
        tabs.tabs().addListener((ListChangeListener<SessionTabViewModel>) change -> lineUp());
        tabs.currentProperty().subscribe(tab -> bring());
        lineUp();
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public boolean wantsRoom() {
        return true;
    }

    @Override
    public Map<KeyCombination, Runnable> keys() {
        Map<KeyCombination, Runnable> keys = new LinkedHashMap<>();
        keys.put(AppKeys.NEXT_TAB, () -> tabs.step(1));
        keys.put(AppKeys.PREVIOUS_TAB, () -> tabs.step(-1));
        keys.put(AppKeys.CLOSE_TAB, tabs::closeCurrent);
        keys.put(AppKeys.FULL_SCREEN, this::toggleFullScreen);
        return keys;
    }

    /** Opens the log drawer of a session when its tab is shown next, or now when it is. */
    void wantLog(SessionId session) {
        logWanted = session;
        bring();
    }

    @Override
    protected Subscription attach(Place place) {
        showing = true;
        if (place instanceof Place.Running running) {
            tabs.show(running.session());
        }
        bring();
        return () -> {
            showing = false;
            views.values().forEach(view -> view.setActive(false));
        };
    }

    private void toggleFullScreen() {
        SessionTabViewModel tab = tabs.currentProperty().get();
        SessionTabView view = tab == null ? null : views.get(tab);
        if (view != null) {
            view.toggleFullScreen();
        }
    }

    private void lineUp() {
        views.entrySet().removeIf(entry -> {
            boolean closed = !tabs.tabs().contains(entry.getKey());
            if (closed) {
                content.getChildren().remove(entry.getValue());
                entry.getValue().dispose();
            }
            return closed;
        });
        handles.entrySet().removeIf(entry -> {
            boolean closed = !tabs.tabs().contains(entry.getKey());
            if (closed) {
                entry.getValue().dispose();
            }
            return closed;
        });
        headers.getChildren().clear();
        for (SessionTabViewModel tab : tabs.tabs()) {
            headers.getChildren().add(handles.computeIfAbsent(tab, this::handle));
        }
        headers.getChildren().add(more);
    }

    private TabHeader handle(SessionTabViewModel tab) {
        return new TabHeader(
                tab, () -> context.shell().navigator().open(new Place.Running(tab.id())), () -> tabs.close(tab));
    }

    private void bring() {
        SessionTabViewModel front = tabs.currentProperty().get();
        handles.forEach((tab, handle) -> handle.setSelected(tab == front));
        if (!showing || front == null) {
            return;
        }
        SessionTabView view = views.computeIfAbsent(front, tab -> {
            SessionTabView made = new SessionTabView(tab, context, () -> tabs.close(tab));
            content.getChildren().add(made);
            return made;
        });
        views.forEach((tab, other) -> {
            other.setVisible(tab == front);
            other.setActive(tab == front);
        });
        if (front.id().equals(logWanted)) {
            logWanted = null;
            view.openLog();
        }
    }
}
