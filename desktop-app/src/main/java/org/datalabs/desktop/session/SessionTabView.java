package org.datalabs.desktop.session;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.session.Session;
import org.datalabs.desktop.running.LogFollower;
import org.datalabs.desktop.session.SessionTabViewModel.Face;
import org.jspecify.annotations.Nullable;

/** The content of one tab: toolbar, the session's inside or the face that stands for it, the log drawer. */
final class SessionTabView extends VBox {
    private static final int LOG_LINES = 10_000;
    private static final long LOG_PAUSE_MILLIS = 300;

    private final SessionTabViewModel tab;
    private final TabContext context;
    private final ToolbarView toolbar;
    private final FacePane face;
    private final StackPane inside = new StackPane();
    private final StackPane body = new StackPane();
    private final ConnectionLostView lost = new ConnectionLostView(this::retry);
    private final FullScreen fullScreen = new FullScreen(inside, body);
    private Subscription bound;
    private Subscription engineBound = Subscription.EMPTY;
    private @Nullable SessionEngine engine;
    private @Nullable LogDrawerView drawer;
    private boolean active;

    SessionTabView(SessionTabViewModel tab, TabContext context, Runnable close) {
        this.tab = tab;
        this.context = context;
        getStyleClass().add("session-tab-view");
        toolbar = new ToolbarView(tab, context, this::toggleLog);
        face = new FacePane(tab, context, this::openLog, close);
        inside.getStyleClass().add("inside");
        body.getChildren().addAll(inside, face, lost);
        body.getStyleClass().add("body");
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(toolbar, body);
        bound = Subscription.combine(
                tab.sessionProperty().subscribe(session -> refresh()),
                tab.faceProperty().subscribe(now -> refresh()));
        bound = bound.and(context.shell().now().subscribe(this::tick));
    }

    /** Ends everything that the tab holds; the datalab itself goes on. */
    void dispose() {
        fullScreen.leave();
        bound.unsubscribe();
        closeEngine();
        closeLog();
        face.dispose();
    }

    /** Whether the user looks at the tab. */
    void setActive(boolean nowActive) {
        active = nowActive;
        SessionEngine present = engine;
        if (present != null) {
            present.setActive(nowActive);
            if (nowActive) {
                present.node().requestFocus();
            }
        }
    }

    void toggleFullScreen() {
        if (engine != null) {
            fullScreen.toggle();
        }
    }

    void openLog() {
        if (drawer == null) {
            toggleLog();
        }
    }

    private void toggleLog() {
        if (drawer != null) {
            closeLog();
            return;
        }
        Session session = tab.sessionProperty().get();
        LogDrawerViewModel log = new LogDrawerViewModel(new LogFollower(
                tab.datazone(),
                tab.id(),
                LOG_LINES,
                CompletableFuture.delayedExecutor(LOG_PAUSE_MILLIS, TimeUnit.MILLISECONDS, Platform::runLater)));
        String name = session == null ? tab.id().value() : session.name();
        LogDrawerView opened = new LogDrawerView(log, name, context.shell().toasts(), this::closeLog);
        drawer = opened;
        getChildren().add(opened);
        log.open();
    }

    private void closeLog() {
        LogDrawerView open = drawer;
        if (open != null) {
            drawer = null;
            open.dispose();
            getChildren().remove(open);
        }
    }

    private void retry() {
        SessionEngine present = engine;
        if (present != null) {
            present.retryNow();
        }
    }

    private void tick(Instant now) {
        toolbar.tick(now);
        face.tick(now);
        lost.tick(now);
    }

    private void refresh() {
        Instant now = context.shell().now().getValue();
        boolean usable = tab.faceProperty().get() == Face.INSIDE;
        Session session = tab.sessionProperty().get();
        if (usable && session != null) {
            if (engine == null) {
                openEngine(session);
            }
        } else {
            closeEngine();
            face.refresh(now);
        }
        face.setVisible(!usable);
        inside.setVisible(usable);
        toolbar.refresh(now);
    }

    private void openEngine(Session session) {
        SessionEngine opened = session.kind() == Kind.DESKTOP ? openDesktop(session) : openWeb(session);
        engine = opened;
        inside.getChildren().setAll(opened.node());
        engineBound = engineBound.and(opened.stateProperty()
                .subscribe(state -> lost.show(
                        state,
                        session.name(),
                        tab.datazone().name(),
                        context.shell().now().getValue())));
        opened.setActive(active);
        opened.start();
        if (active) {
            opened.node().requestFocus();
        }
    }

    private SessionEngine openDesktop(Session session) {
        DesktopEngine desktop = context.engines().desktop(tab.datazone(), session);
        DesktopTools tools =
                new DesktopTools(desktop, session.datalabName(), context.shell().popovers(), this::toggleFullScreen);
        toolbar.tools().getChildren().setAll(tools.roundTrip());
        toolbar.tools().getChildren().addAll(tools.nodes());
        engineBound = tools::dispose;
        return desktop;
    }

    private SessionEngine openWeb(Session session) {
        WebEngine web = context.engines().web(tab.datazone(), session);
        WebTools tools = new WebTools(web, context.shell(), this::toggleFullScreen);
        toolbar.left().getChildren().setAll(tools.left());
        toolbar.tools().getChildren().setAll(tools.nodes());
        engineBound = tools::dispose;
        return web;
    }

    private void closeEngine() {
        SessionEngine open = engine;
        if (open != null) {
            fullScreen.leave();
            engine = null;
            engineBound.unsubscribe();
            engineBound = Subscription.EMPTY;
            open.close();
            inside.getChildren().clear();
            toolbar.left().getChildren().clear();
            toolbar.tools().getChildren().clear();
            lost.setVisible(false);
        }
    }
}
