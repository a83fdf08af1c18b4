package org.datalabs.desktop.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.control.StatePill;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.running.SessionWords;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The bar above a session: its state, the tools of its kind, its log, the time left, and Stop. */
final class ToolbarView extends HBox {
    private final Texts texts = Texts.of(ToolbarView.class);
    private final SessionWords words = new SessionWords();
    private final SessionTabViewModel tab;
    private final TabContext context;
    private final StatePill pill;
    private final Label datalab = new Label();
    private final HBox left = new HBox();
    private final HBox tools = new HBox();
    private final Label timeLeft = new Label();
    private final Hyperlink extend = new Hyperlink();
    private final Region beforeTime = divider();
    private final Button logs;
    private final Button stop;
    private final ToolWords toolWords = new ToolWords();

    ToolbarView(SessionTabViewModel tab, TabContext context, Runnable toggleLog) {
        this.tab = tab;
        this.context = context;
        getStyleClass().add("session-toolbar");
        // A bar that asked for the width of all its parts would push the window's content out of the window.
        setMinWidth(0);
        pill = new StatePill(context.shell().motion(), true);
        pill.setId("session-state");
        datalab.getStyleClass().addAll("small-text", "muted");
        left.getStyleClass().add("part");
        tools.getStyleClass().add("part");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        logs = tool("session-logs", texts.get("logs"), Octicons.NOTE_16, toggleLog);
        timeLeft.setGraphic(new FontIcon(Octicons.STOPWATCH_16));
        timeLeft.setId("session-time-left");
        timeLeft.setMinWidth(USE_PREF_SIZE);
        extend.setText(texts.get("extend"));
        extend.setId("session-extend");
        extend.setMinWidth(USE_PREF_SIZE);
        extend.setOnAction(
                event -> session().ifPresent(now -> context.commands().extend(tab.datazone(), now)));
        stop = tool("session-stop", texts.get("stop"), Octicons.SQUARE_FILL_16, this::stop);
        stop.getStyleClass().remove("flat");
        stop.getStyleClass().addAll("stop");
        getChildren().addAll(left, pill, datalab, space, tools, divider(), logs, beforeTime, timeLeft, extend, stop);
    }

    static Region divider() {
        Region divider = new Region();
        divider.getStyleClass().add("vertical-divider");
        return divider;
    }

    /** A button of the bar. */
    static Button tool(String id, String words, Ikon icon, Runnable run) {
        Button button = new Button(words, new FontIcon(icon));
        button.setId(id);
        button.getStyleClass().addAll("flat", "small");
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(event -> run.run());
        return button;
    }

    /** Holds what stands before the state. */
    HBox left() {
        return left;
    }

    /** Holds the tools of the session's kind. */
    HBox tools() {
        return tools;
    }

    @Override
    protected void layoutChildren() {
        double cut = datalab.isManaged() ? datalab.prefWidth(-1) - datalab.minWidth(-1) : 0;
        double needed = computeMinWidth(-1) + cut;
        toolWords.fit(getWidth() - needed, lastFirst());
        super.layoutChildren();
    }

    /** The tools in the order in which they give up their words. */
    private List<ButtonBase> lastFirst() {
        List<ButtonBase> all = new ArrayList<>();
        tools.getChildren().forEach(node -> {
            if (node instanceof ButtonBase tool) {
                all.add(tool);
            }
        });
        Collections.reverse(all);
        all.add(logs);
        all.add(stop);
        return all;
    }

    private Optional<Session> session() {
        return Optional.ofNullable(tab.sessionProperty().get());
    }

    private void stop() {
        session().ifPresent(now -> {
            if (now.state() instanceof SessionState.Ready || now.state() instanceof SessionState.Paused) {
                context.commands().destroy(tab.datazone(), now);
            } else {
                context.commands().stop(tab.datazone(), now);
            }
        });
    }

    void refresh(Instant now) {
        session().ifPresent(session -> {
            boolean ended = tab.faceProperty().get() == SessionTabViewModel.Face.ENDED;
            if (ended) {
                pill.show(new SessionState.Stopped(now));
            } else {
                pill.show(session.state());
            }
            // A web datalab's page stands there instead.
            boolean named = session.kind() == Kind.DESKTOP;
            datalab.setText(words.datalab(session));
            Shown.when(datalab, named);
            boolean ready = session.state() instanceof SessionState.Ready && !ended;
            for (Node part : List.of(beforeTime, timeLeft, extend)) {
                Shown.when(part, ready);
            }
            boolean ending = ended || session.state() instanceof SessionState.Stopping;
            stop.setDisable(ending);
            stop.setText(texts.get(
                    tab.faceProperty().get() == SessionTabViewModel.Face.COMING
                            ? "cancel"
                            : tab.faceProperty().get() == SessionTabViewModel.Face.FAILED ? "remove" : "stop"));
            tick(now);
        });
    }

    void tick(Instant now) {
        session().ifPresent(session -> timeLeft.setText(texts.get("time.left", words.left(session, now))));
    }
}
