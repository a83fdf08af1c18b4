package org.datalabs.desktop.session;

import java.util.Locale;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.session.LogPage;
import org.datalabs.desktop.running.LogFollower;
import org.jspecify.annotations.Nullable;

/** The log of a session, narrowed to a source and to lines that hold a text. */
final class LogDrawerViewModel {
    /** Whose lines are shown. */
    enum Source {
        ALL(""),
        DATALAB("datalab"),
        START("start");

        private final String name;

        Source(String name) {
            this.name = name;
        }
    }

    private final LogFollower log;
    private final FilteredList<LogPage.Line> shown;
    private final ObjectProperty<Source> source = new SimpleObjectProperty<>(this, "source", Source.ALL);
    private final StringProperty search = new SimpleStringProperty(this, "search", "");
    private final BooleanProperty follow = new SimpleBooleanProperty(this, "follow", true);

    LogDrawerViewModel(LogFollower log) {
        this.log = log;
        shown = new FilteredList<>(log.lines());
        source.addListener((property, before, now) -> narrow());
        search.addListener((property, before, now) -> narrow());
    }

    void open() {
        log.start();
    }

    void close() {
        log.stop();
    }

    ObservableList<LogPage.Line> lines() {
        return shown;
    }

    ObjectProperty<Source> sourceProperty() {
        return source;
    }

    StringProperty searchProperty() {
        return search;
    }

    /** Whether the newest line is kept in sight. */
    BooleanProperty followProperty() {
        return follow;
    }

    ReadOnlyObjectProperty<@Nullable Problem> problemProperty() {
        return log.problemProperty();
    }

    /** What is shown, one line each with its time (ISO 8601). */
    String text() {
        return shown.stream()
                .map(line -> line.at() + " " + line.source() + " " + line.text() + "\n")
                .collect(Collectors.joining());
    }

    private void narrow() {
        String wantedSource = source.get().name;
        String text = search.get().strip().toLowerCase(Locale.ROOT);
        shown.setPredicate(line -> (wantedSource.isEmpty() || line.source().equals(wantedSource))
                && line.text().toLowerCase(Locale.ROOT).contains(text));
    }
}
