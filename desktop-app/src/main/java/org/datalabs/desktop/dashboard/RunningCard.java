package org.datalabs.desktop.dashboard;

import java.time.Instant;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.collections.ObservableList;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.UsageSample;
import org.datalabs.desktop.control.Sparkline;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.running.SessionWords;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** A session that can be used: what it takes, how long it lasts. */
final class RunningCard extends SessionCard {
    private final Texts texts = Texts.of(RunningCard.class);
    private static final int PERCENT = 100;

    private final Formats formats = new Formats();
    private final SessionWords words = new SessionWords();
    private final Label cpu = new Label();
    private final Label memory = new Label();
    private final Sparkline cpuLine = new Sparkline("cpu");
    private final Sparkline memoryLine = new Sparkline("memory");
    private final Label used = new Label();
    private final Label ends = new Label();
    private final ObservableList<UsageSample> samples;
    private final InvalidationListener onSamples = observable -> showUsage();

    RunningCard(CardContext context, Session session) {
        super(context, session);
        samples = context.datazone().usage(session.id());
        samples.addListener(onSamples);
        Button open = addButton("session-open-" + session.id(), texts.get("open"), () -> context.tabs()
                .open(session().id()));
        open.setGraphic(new FontIcon(Octicons.ARROW_RIGHT_16));
        open.getStyleClass().add("accent");
        addIcon(
                "session-pause-" + session.id(),
                Feather.PAUSE,
                texts.get("pause", session.name()),
                () -> context.commands().pause(context.datazone(), session()));
        addIcon("session-log-" + session.id(), Octicons.NOTE_16, texts.get("log", session.name()), () -> context.tabs()
                .openLog(session().id()));
        actions().getChildren().add(menu());
        getChildren().add(meters());
    }

    private HBox meters() {
        Region divider = new Region();
        divider.getStyleClass().add("vertical-divider");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button extend = new Button(texts.get("extend"), new FontIcon(Octicons.STOPWATCH_16));
        extend.setId("session-extend-" + session().id());
        extend.getStyleClass().add("small");
        extend.setMinWidth(Region.USE_PREF_SIZE);
        extend.setOnAction(event -> context().commands().extend(context().datazone(), session()));
        HBox meters = new HBox(
                meter("cpu", cpu, cpuLine),
                meter("memory", memory, memoryLine),
                divider,
                fact("last.used", used),
                fact("ends", ends),
                space,
                extend);
        meters.getStyleClass().add("meters");
        return meters;
    }

    private VBox meter(String key, Label value, Sparkline line) {
        Label name = new Label(texts.get(key));
        name.getStyleClass().addAll("small-text", "muted");
        value.getStyleClass().add("small-text");
        BorderPane head = new BorderPane();
        head.setLeft(name);
        head.setRight(value);
        return new VBox(head, line);
    }

    private VBox fact(String key, Label value) {
        Label name = new Label(texts.get(key));
        name.getStyleClass().addAll("small-text", "muted");
        value.setMinWidth(Region.USE_PREF_SIZE);
        VBox fact = new VBox(name, value);
        fact.getStyleClass().add("fact");
        fact.setMinWidth(Region.USE_PREF_SIZE);
        return fact;
    }

    @Override
    void update(Instant now) {
        showUsage();
    }

    @Override
    void tick(Instant now) {
        Instant last = session().lastUsedAt();
        used.setText(last == null ? texts.get("never") : formats.ago(last, now));
        ends.setText(texts.get("in", words.left(session(), now)));
    }

    private void showUsage() {
        Session session = session();
        int cores = session.resources().cpuMillis();
        long bytes = session.resources().memoryBytes();
        List<UsageSample> all = List.copyOf(samples);
        cpuLine.show(all.stream().map(UsageSample::cpuMillis).toList(), cores);
        memoryLine.show(all.stream().map(UsageSample::memoryBytes).toList(), (double) bytes);
        if (all.isEmpty()) {
            cpu.setText(texts.get("unknown"));
            memory.setText(texts.get("unknown"));
        } else {
            UsageSample last = all.get(all.size() - 1);
            cpu.setText(texts.get("percent", Math.round((double) PERCENT * last.cpuMillis() / Math.max(1, cores))));
            memory.setText(texts.get("memory.of", formats.gigabytes(last.memoryBytes()), formats.bytes(bytes)));
        }
    }

    @Override
    void dispose() {
        samples.removeListener(onSamples);
    }
}
