package org.datalabs.desktop.session;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.datalabs.core.session.SessionId;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.datazone.Datazones;
import org.datalabs.desktop.view.Navigator;
import org.datalabs.desktop.view.Place;
import org.jspecify.annotations.Nullable;

/** Which tabs are open and which is in front. Tabs stay when another place or datazone is shown. */
final class SessionTabsViewModel {
    private final Datazones datazones;
    private final Navigator navigator;
    private final ObservableList<SessionTabViewModel> tabs = FXCollections.observableArrayList();
    private final ObservableList<SessionTabViewModel> readOnlyTabs = FXCollections.unmodifiableObservableList(tabs);
    private final ReadOnlyObjectWrapper<@Nullable SessionTabViewModel> current =
            new ReadOnlyObjectWrapper<>(this, "current");

    SessionTabsViewModel(Datazones datazones, Navigator navigator) {
        this.datazones = datazones;
        this.navigator = navigator;
    }

    /** In the order of opening, unmodifiable. */
    ObservableList<SessionTabViewModel> tabs() {
        return readOnlyTabs;
    }

    /** Null when no tab is open. */
    ReadOnlyObjectProperty<@Nullable SessionTabViewModel> currentProperty() {
        return current.getReadOnlyProperty();
    }

    /** Brings a session's tab to the front, opening it when there is none. */
    void show(SessionId session) {
        SessionTabViewModel tab = find(session).orElseGet(() -> {
            SessionTabViewModel opened = new SessionTabViewModel(home(session), session);
            tabs.add(opened);
            return opened;
        });
        current.set(tab);
    }

    /** Closes a tab, not its datalab, and goes to the one beside it; to the dashboard after the last one. */
    void close(SessionTabViewModel tab) {
        int index = tabs.indexOf(tab);
        if (index < 0) {
            return;
        }
        boolean front = current.get() == tab;
        tabs.remove(tab);
        tab.close();
        if (tabs.isEmpty()) {
            current.set(null);
            navigator.open(new Place.Dashboard());
        } else if (front) {
            go(Math.min(index, tabs.size() - 1));
        }
    }

    void closeCurrent() {
        SessionTabViewModel tab = current.get();
        if (tab != null) {
            close(tab);
        }
    }

    /** Goes to the tab {@code steps} further, round the end. */
    void step(int steps) {
        SessionTabViewModel tab = current.get();
        if (tab != null) {
            go(Math.floorMod(tabs.indexOf(tab) + steps, tabs.size()));
        }
    }

    private void go(int index) {
        navigator.open(new Place.Running(tabs.get(index).id()));
    }

    private Optional<SessionTabViewModel> find(SessionId session) {
        return tabs.stream().filter(tab -> tab.id().equals(session)).findFirst();
    }

    private Datazone home(SessionId session) {
        return datazones.all().stream()
                .filter(datazone -> datazone.sessions().stream()
                        .anyMatch(other -> other.id().equals(session)))
                .findFirst()
                .orElse(datazones.currentProperty().get());
    }
}
