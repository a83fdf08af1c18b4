package org.datalabs.desktop.running;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.datazone.Datazones;

/** What happened to the sessions of all datazones while the app ran. */
public final class SessionJournal {
    private static final int MOST = 200;

    private final ObservableValue<Instant> now;
    private final ObservableList<SessionNews> entries = FXCollections.observableArrayList();
    private final ObservableList<SessionNews> readOnlyEntries = FXCollections.unmodifiableObservableList(entries);
    private final Map<Datazone, SessionWatch> watches = new HashMap<>();
    private final List<Consumer<SessionNews>> readers = new ArrayList<>();

    /** @param now the time; news that depend on it are found when it changes */
    public SessionJournal(Datazones datazones, ObservableValue<Instant> now) {
        this.now = now;
        watch(datazones);
        datazones.all().addListener((ListChangeListener<Datazone>) change -> watch(datazones));
    }

    /** Newest first, at most 200, unmodifiable. */
    public ObservableList<SessionNews> entries() {
        return readOnlyEntries;
    }

    /** Tells {@code reader} of everything from now on. */
    public void read(Consumer<SessionNews> reader) {
        readers.add(reader);
    }

    private void watch(Datazones datazones) {
        watches.entrySet().removeIf(entry -> {
            boolean gone = !datazones.all().contains(entry.getKey());
            if (gone) {
                entry.getValue().stop();
            }
            return gone;
        });
        datazones.all().forEach(datazone -> watches.computeIfAbsent(datazone, this::watch));
    }

    private SessionWatch watch(Datazone datazone) {
        return new SessionWatch(datazone, now, this::add);
    }

    private void add(SessionNews news) {
        entries.add(0, news);
        if (entries.size() > MOST) {
            entries.remove(MOST, entries.size());
        }
        List.copyOf(readers).forEach(reader -> reader.accept(news));
    }
}
