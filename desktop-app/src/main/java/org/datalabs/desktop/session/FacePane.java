package org.datalabs.desktop.session;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.control.DatalabTile;
import org.datalabs.desktop.control.Glyph;
import org.datalabs.desktop.control.StatePill;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.running.FailureButtons;
import org.datalabs.desktop.running.FailureText;
import org.datalabs.desktop.running.LogFollower;
import org.datalabs.desktop.running.SessionWords;
import org.datalabs.desktop.running.StartStepsView;
import org.datalabs.desktop.session.SessionTabViewModel.Face;
import org.jspecify.annotations.Nullable;

/** What a tab shows while its session cannot be used: how it starts, why it waits, failed or ended, and what to do. */
final class FacePane extends StackPane {
    private static final long PAUSE_MILLIS = 500;

    private final SessionTabViewModel tab;
    private final TabContext context;
    private final Runnable openLog;
    private final Runnable close;
    private final Texts texts = Texts.of(FacePane.class);
    private final Formats formats = new Formats();
    private final SessionWords words = new SessionWords();
    private final StatePill pill;
    private final StartStepsView steps;
    private final LogFollower log;
    private final InvalidationListener onLog = observable -> showLog();
    private final VBox card = new VBox();
    private @Nullable SessionState shown;

    FacePane(SessionTabViewModel tab, TabContext context, Runnable openLog, Runnable close) {
        this.tab = tab;
        this.context = context;
        this.openLog = openLog;
        this.close = close;
        pill = new StatePill(context.shell().motion(), true);
        steps = new StartStepsView(context.shell().motion());
        log = new LogFollower(
                tab.datazone(),
                tab.id(),
                1,
                CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, Platform::runLater));
        log.lines().addListener(onLog);
        getStyleClass().add("face");
        card.getStyleClass().addAll("dl-card", "face-card");
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        getChildren().add(card);
    }

    void dispose() {
        log.lines().removeListener(onLog);
        log.stop();
    }

    private void showLog() {
        List<LogPage.Line> lines = log.lines();
        if (!lines.isEmpty()) {
            LogPage.Line last = lines.get(lines.size() - 1);
            steps.showLog(texts.get("log.entry", formats.time(last.at()), last.text()));
        }
    }

    /** Shows the present face; not called while the session's inside is shown. */
    void refresh(Instant now) {
        Session session = tab.sessionProperty().get();
        Face face = tab.faceProperty().get();
        if (face == Face.COMING) {
            log.start();
        } else {
            log.stop();
        }
        if (session == null) {
            Label wait = new Label(texts.get("face.unknown", tab.datazone().name()));
            card.getChildren().setAll(wait);
            return;
        }
        if (session.state() instanceof SessionState.Starting starting && face == Face.COMING) {
            steps.show(starting, now);
        }
        boolean steady = shown != null
                && shown.getClass() == session.state().getClass()
                && shown instanceof SessionState.Starting
                && face == Face.COMING;
        shown = session.state();
        if (!steady) {
            card.getChildren().setAll(head(session, face, now));
            card.getChildren().addAll(body(session, face, now));
        }
    }

    void tick(Instant now) {
        steps.tick(now);
    }

    private Node head(Session session, Face face, Instant now) {
        DatalabTile tile = new DatalabTile(DatalabTile.Size.NORMAL);
        tile.setIcon(tab.datazone()
                .catalogueProperty()
                .get()
                .find(session.datalab())
                .map(CatalogueEntry::datalab)
                .map(datalab -> datalab.icon())
                .orElse(null));
        Label name = new Label(session.name());
        name.getStyleClass().add("t3");
        pill.show(face == Face.ENDED ? new SessionState.Stopped(now) : session.state());
        HBox title = new HBox(name, pill);
        title.getStyleClass().add("title");
        Label subtitle = new Label(words.subtitle(session, tab.datazone().volumes()));
        subtitle.getStyleClass().addAll("small-text", "muted");
        HBox head = new HBox(tile, new VBox(title, subtitle));
        head.getStyleClass().add("head");
        return head;
    }

    private List<Node> body(Session session, Face face, Instant now) {
        boolean temporary = session.home() == Home.TEMPORARY;
        return switch (face) {
            case COMING ->
                session.state() instanceof SessionState.Pending pending
                        ? List.of(words(words.waits(pending)), cancel(session))
                        : temporary
                                ? List.of(steps, words(texts.get("face.temporary")), cancel(session))
                                : List.of(steps, cancel(session));
            case FAILED -> failed(session);
            case PAUSED ->
                List.of(
                        words(texts.get(
                                temporary ? "face.paused.temporary" : "face.paused",
                                formats.recent(session.state().since(), now))),
                        buttons(resume(session)));
            case STOPPING -> List.of(words(texts.get(temporary ? "face.stopping.temporary" : "face.stopping")));
            case ENDED ->
                List.of(
                        words(texts.get(temporary ? "face.ended.temporary" : "face.ended")),
                        buttons(again(session), closeTab()));
            case UNKNOWN, INSIDE -> List.of();
        };
    }

    private List<Node> failed(Session session) {
        if (!(session.state() instanceof SessionState.Failed failure)) {
            return List.of();
        }
        return List.of(
                new FailureText(failure),
                new FailureButtons(
                        session, failure, context.launches(), context.shell().toasts(), openLog));
    }

    private Node cancel(Session session) {
        Button cancel = new Button(texts.get("face.cancel"));
        cancel.setId("session-cancel");
        cancel.setOnAction(event -> context.commands().stop(tab.datazone(), session));
        return buttons(cancel);
    }

    private Button resume(Session session) {
        Button resume = new Button(texts.get("face.resume"), Glyph.PLAY.draw(12));
        resume.setId("session-resume");
        resume.getStyleClass().add("accent");
        resume.setOnAction(event -> context.commands().resume(tab.datazone(), session));
        return resume;
    }

    private Button again(Session session) {
        Button again = new Button(texts.get("face.again"));
        again.setId("session-run-again");
        again.getStyleClass().add("accent");
        again.setOnAction(event -> context.launches().runAgain(session));
        return again;
    }

    private Button closeTab() {
        Button button = new Button(texts.get("face.close"));
        button.setOnAction(event -> close.run());
        return button;
    }

    private static HBox buttons(Button... buttons) {
        HBox line = new HBox(buttons);
        line.getStyleClass().add("buttons");
        return line;
    }

    private static Label words(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().add("wrapped");
        return label;
    }
}
