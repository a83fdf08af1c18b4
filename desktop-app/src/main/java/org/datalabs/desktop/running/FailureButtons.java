package org.datalabs.desktop.running;

import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.HBox;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.control.ToastHost;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.launch.LaunchPort;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** What can be done about a session that failed: run it again, with more memory when that was short, read, report. */
public final class FailureButtons extends HBox {
    private static final double GAP = 8;

    private final Texts texts = Texts.of(FailureButtons.class);
    private final Formats formats = new Formats();

    /** @param openLog shows the session's log */
    public FailureButtons(
            Session session, SessionState.Failed failure, LaunchPort launches, ToastHost toasts, Runnable openLog) {
        super(GAP);
        Button log = new Button(texts.get("failure.view.log"));
        log.setId("session-view-log");
        log.setOnAction(event -> openLog.run());
        Button copy = new Button(texts.get("failure.copy"), new FontIcon(Feather.COPY));
        copy.setId("session-copy-report");
        copy.getStyleClass().add("flat");
        copy.setOnAction(event -> {
            Clipboard.getSystemClipboard()
                    .setContent(Map.of(DataFormat.PLAIN_TEXT, new SessionWords().report(session, failure)));
            toasts.show(new ToastHost.Toast(Tone.SUCCESS, texts.get("failure.copied"), null));
        });
        getChildren().addAll(again(session, failure, launches), log, copy);
        getChildren().forEach(button -> ((Button) button).setMinWidth(USE_PREF_SIZE));
    }

    private Button again(Session session, SessionState.Failed failure, LaunchPort launches) {
        long memory = failure.code() == ProblemCode.OUT_OF_MEMORY ? launches.moreMemory(session) : 0;
        Button again = new Button(
                memory > 0 ? texts.get("failure.again.memory", formats.bytes(memory)) : texts.get("failure.again"),
                new FontIcon(Octicons.SYNC_16));
        again.setId("session-run-again");
        again.getStyleClass().add("accent");
        again.setOnAction(event -> {
            if (memory > 0) {
                launches.runAgainWithMoreMemory(session);
            } else {
                launches.runAgain(session);
            }
        });
        return again;
    }
}
