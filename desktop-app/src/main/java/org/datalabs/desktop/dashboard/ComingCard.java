package org.datalabs.desktop.dashboard;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.running.LogFollower;
import org.datalabs.desktop.running.SessionWords;
import org.datalabs.desktop.running.StartStepsView;

/** A session that starts, with its steps, or waits, with the reason. */
final class ComingCard extends SessionCard {
    private final Texts texts = Texts.of(ComingCard.class);
    private static final long PAUSE_MILLIS = 500;

    private final StartStepsView steps;
    private final Label reason = new Label();
    private final SessionWords words = new SessionWords();
    private final Label since = new Label();
    private final LogFollower log;
    private final Formats formats = new Formats();
    private final InvalidationListener onLog = observable -> showLog();

    ComingCard(CardContext context, Session session) {
        super(context, session);
        steps = new StartStepsView(context.shell().motion());
        log = new LogFollower(
                context.datazone(),
                session.id(),
                1,
                CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, Platform::runLater));
        actions().getChildren().add(menu());
        if (session.state() instanceof SessionState.Starting) {
            getChildren().add(steps);
            log.lines().addListener(onLog);
            log.start();
        } else {
            reason.setWrapText(true);
            reason.setMinHeight(USE_PREF_SIZE);
            since.getStyleClass().addAll("small-text", "muted");
            getChildren().addAll(reason, since);
        }
        Button cancel = new Button(texts.get("cancel"));
        cancel.setId("session-cancel-" + session.id());
        cancel.getStyleClass().add("small");
        cancel.setMinWidth(Region.USE_PREF_SIZE);
        cancel.setOnAction(event -> context.commands().stop(context.datazone(), session()));
        HBox buttons = new HBox(cancel);
        buttons.getStyleClass().add("buttons");
        getChildren().add(buttons);
    }

    private void showLog() {
        List<LogPage.Line> lines = log.lines();
        if (!lines.isEmpty()) {
            LogPage.Line last = lines.get(lines.size() - 1);
            steps.showLog(texts.get("log.line", formats.time(last.at()), last.text()));
        }
    }

    @Override
    void update(Instant now) {
        if (session().state() instanceof SessionState.Starting starting) {
            steps.show(starting, now);
        } else if (session().state() instanceof SessionState.Pending pending) {
            reason.setText(words.waits(pending));
        }
    }

    @Override
    void tick(Instant now) {
        steps.tick(now);
        since.setText(texts.get("since", formats.recent(session().state().since(), now)));
    }

    @Override
    void dispose() {
        log.lines().removeListener(onLog);
        log.stop();
    }
}
