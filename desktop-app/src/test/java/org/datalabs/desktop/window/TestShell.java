package org.datalabs.desktop.window;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.datalabs.desktop.datazone.Datazones;
import org.datalabs.desktop.view.Navigator;
import org.datalabs.desktop.view.NoticeBoard;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.Screen;
import org.datalabs.desktop.view.ScreenContext;
import org.jspecify.annotations.Nullable;

/** What a shell offers to screens, around a {@link TestWindow}; the time is set by the test. */
public final class TestShell implements Navigator, NoticeBoard {
    private final TestWindow window;
    private final ReadOnlyObjectWrapper<Place> place = new ReadOnlyObjectWrapper<>(new Place.Catalogue());
    private final ObservableList<Notice> notices = FXCollections.observableArrayList();
    private final ObjectProperty<Instant> now;
    private final List<URI> browsed = new ArrayList<>();
    private final ScreenContext context;
    private @Nullable Screen shown;

    public TestShell(TestWindow window, Datazones datazones, Instant at) {
        this.window = window;
        now = new SimpleObjectProperty<>(at);
        context = new ScreenContext(
                datazones,
                this,
                window.overlay(),
                window.overlay().popovers(),
                window.overlay().toasts(),
                this,
                browsed::add,
                window.appearance(),
                Clock.fixed(at, ZoneOffset.UTC),
                now);
    }

    public ScreenContext context() {
        return context;
    }

    public ObjectProperty<Instant> nowProperty() {
        return now;
    }

    /** Addresses that the system's browser was asked to open. */
    public List<URI> browsed() {
        return List.copyOf(browsed);
    }

    /** Shows a screen at a place, as the shell would; its keys work. */
    public void show(Screen screen, Place at) {
        window.run(() -> {
            Screen before = shown;
            if (before != null && before != screen) {
                before.hide();
            }
            shown = screen;
            place.set(at);
            window.overlay().getScene().getAccelerators().putAll(screen.keys());
            screen.show(at);
        });
        window.show(overlay -> screen.node());
    }

    @Override
    public ReadOnlyObjectProperty<Place> placeProperty() {
        return place.getReadOnlyProperty();
    }

    @Override
    public void open(Place wanted) {
        place.set(wanted);
        Screen screen = shown;
        if (screen != null && wanted instanceof Place.Running) {
            screen.show(wanted);
        }
    }

    @Override
    public void back() {}

    @Override
    public void forward() {}

    @Override
    public ReadOnlyBooleanProperty canGoBackProperty() {
        return new ReadOnlyBooleanWrapper(false).getReadOnlyProperty();
    }

    @Override
    public ReadOnlyBooleanProperty canGoForwardProperty() {
        return new ReadOnlyBooleanWrapper(false).getReadOnlyProperty();
    }

    @Override
    public ObservableList<Notice> notices() {
        return notices;
    }

    @Override
    public ReadOnlyIntegerProperty unreadProperty() {
        return new ReadOnlyIntegerWrapper(notices.size()).getReadOnlyProperty();
    }

    @Override
    public boolean isUnread(Notice notice) {
        return true;
    }

    @Override
    public void post(Notice notice) {
        notices.add(0, notice);
    }

    @Override
    public void markAllRead() {}
}
