package org.datalabs.desktop.session;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.datalabs.core.session.Session;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.datazone.FakeDatalabs;
import org.datalabs.desktop.session.link.LinkState;
import org.datalabs.desktop.session.vnc.ScaleMode;
import org.datalabs.desktop.session.vnc.SpecialKeys;
import org.jspecify.annotations.Nullable;

/** Engines without a network: their link is set by the test, what they are told is written down. */
final class FakeEngines implements Engines {
    final List<Fake> made = new ArrayList<>();

    @Override
    public DesktopEngine desktop(Datazone datazone, Session session) {
        Fake engine = new Fake(session);
        made.add(engine);
        return engine;
    }

    @Override
    public WebEngine web(Datazone datazone, Session session) {
        Fake engine = new Fake(session);
        made.add(engine);
        return engine;
    }

    /** Both kinds in one. */
    static final class Fake implements DesktopEngine, WebEngine {
        final List<String> told = new ArrayList<>();
        final ReadOnlyObjectWrapper<LinkState> link =
                new ReadOnlyObjectWrapper<>(new LinkState.Connected(FakeDatalabs.NOON));
        final ReadOnlyStringWrapper remoteText = new ReadOnlyStringWrapper("");
        final StackPane node = new StackPane();
        boolean active;
        private final ObjectProperty<ScaleMode> scale = new SimpleObjectProperty<>(ScaleMode.FIT);
        private final BooleanProperty grab = new SimpleBooleanProperty();
        private final BooleanProperty share = new SimpleBooleanProperty(true);
        private final DoubleProperty zoom = new SimpleDoubleProperty(1);
        final ReadOnlyStringWrapper address = new ReadOnlyStringWrapper("");
        private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("01_messier.ipynb");
        private final ReadOnlyObjectWrapper<@Nullable Duration> roundTrip =
                new ReadOnlyObjectWrapper<>(Duration.ofMillis(3));

        Fake(Session session) {
            node.getChildren().add(new Label("inside " + session.name()));
        }

        @Override
        public Region node() {
            return node;
        }

        @Override
        public void start() {
            told.add("start");
        }

        @Override
        public void close() {
            told.add("close");
        }

        @Override
        public ReadOnlyObjectProperty<LinkState> stateProperty() {
            return link.getReadOnlyProperty();
        }

        @Override
        public void retryNow() {
            told.add("retry");
        }

        @Override
        public void setActive(boolean nowActive) {
            active = nowActive;
        }

        @Override
        public ReadOnlyObjectProperty<@Nullable Duration> roundTripProperty() {
            return roundTrip.getReadOnlyProperty();
        }

        @Override
        public ObjectProperty<ScaleMode> scaleModeProperty() {
            return scale;
        }

        @Override
        public BooleanProperty grabKeysProperty() {
            return grab;
        }

        @Override
        public void sendKeys(SpecialKeys keys) {
            told.add(keys.name());
        }

        @Override
        public ReadOnlyStringProperty remoteTextProperty() {
            return remoteText.getReadOnlyProperty();
        }

        @Override
        public BooleanProperty shareClipboardProperty() {
            return share;
        }

        @Override
        public void copyToThisComputer() {
            told.add("copy");
        }

        @Override
        public void pasteIntoDesktop() {
            told.add("paste");
        }

        @Override
        public void back() {
            told.add("back");
        }

        @Override
        public void reload() {
            told.add("reload");
        }

        @Override
        public DoubleProperty zoomProperty() {
            return zoom;
        }

        @Override
        public ReadOnlyStringProperty titleProperty() {
            return title.getReadOnlyProperty();
        }

        @Override
        public ReadOnlyStringProperty addressProperty() {
            return address.getReadOnlyProperty();
        }

        @Override
        public CompletionStage<URI> browserAddress() {
            return CompletableFuture.completedFuture(URI.create("http://127.0.0.1:1/s/x/?ticket=once"));
        }
    }
}
