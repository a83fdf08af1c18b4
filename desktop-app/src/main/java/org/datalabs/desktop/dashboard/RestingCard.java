package org.datalabs.desktop.dashboard;

import java.time.Duration;
import java.time.Instant;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.control.Glyph;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.running.FailureButtons;
import org.datalabs.desktop.running.FailureText;
import org.kordamp.ikonli.octicons.Octicons;

/** A session that does not run: failed with its cause, paused, or on its way out. */
final class RestingCard extends SessionCard {
    private final Texts texts = Texts.of(RestingCard.class);
    private final Formats formats = new Formats();
    private final VBox body = new VBox();
    private final Label line = new Label();

    RestingCard(CardContext context, Session session) {
        super(context, session);
        line.getStyleClass().add("muted");
        SessionState state = session.state();
        if (state instanceof SessionState.Failed failed) {
            getStyleClass().add("failed");
            FailureButtons buttons = new FailureButtons(
                    session, failed, context.launches(), context.shell().toasts(), () -> context.tabs()
                            .openLog(session.id()));
            actions().getChildren().add(buttons);
            addIcon(
                    "session-remove-" + session.id(),
                    Octicons.TRASH_16,
                    texts.get("remove", session.name()),
                    () -> context.commands().stop(context.datazone(), session()));
            body.getChildren().addAll(line, new FailureText(failed));
        } else if (state instanceof SessionState.Paused) {
            Button resume = addButton("session-resume-" + session.id(), texts.get("resume"), () -> context.commands()
                    .resume(context.datazone(), session()));
            resume.setGraphic(Glyph.PLAY.draw(12));
            resume.getStyleClass().add("accent");
            actions().getChildren().add(menu());
            body.getChildren().add(line);
        } else {
            body.getChildren().add(line);
        }
        body.getStyleClass().add("body");
        getChildren().add(body);
    }

    @Override
    void update(Instant now) {
        Session session = session();
        Instant since = session.state().since();
        if (session.state() instanceof SessionState.Failed) {
            line.setText(texts.get(
                    "failed.at",
                    formats.recent(since, now),
                    formats.duration(Duration.between(session.createdAt(), since))));
        } else if (session.state() instanceof SessionState.Paused) {
            line.setText(texts.get("paused.since", formats.recent(since, now)));
        } else {
            line.setText(texts.get("stopping"));
        }
    }
}
