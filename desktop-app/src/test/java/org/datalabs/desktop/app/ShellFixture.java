package org.datalabs.desktop.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.desktop.catalogue.CatalogueView;
import org.datalabs.desktop.catalogue.DetailsView;
import org.datalabs.desktop.datazone.FakeDatalabs;
import org.datalabs.desktop.datazone.FakeDatazone;
import org.datalabs.desktop.datazone.FakeDatazones;
import org.datalabs.desktop.launch.LaunchPort;
import org.datalabs.desktop.session.SessionPort;
import org.datalabs.desktop.settings.SettingsView;
import org.datalabs.desktop.theme.Appearance;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.ScreenContext;

/** The whole window over fake datazones, with what was launched and opened written down. */
final class ShellFixture {
    static final Instant NOW = FakeDatalabs.NOON.plusSeconds(3600);

    final FakeDatazone local = new FakeDatazone();
    final FakeDatazone cloud = new FakeDatazone("SCI-CLOUD");
    final FakeDatazones datazones = new FakeDatazones(local, cloud);
    final Appearance appearance = new Appearance();
    final List<Object> done = new ArrayList<>();
    final List<URI> browsed = new ArrayList<>();
    final ObjectProperty<Instant> now = new SimpleObjectProperty<>(NOW);
    final MainWindow window;

    /** A launch with the maintainer's settings. */
    record Run(DatalabId datalab) {}

    /** An opened wizard. */
    record Choose(DatalabId datalab) {}

    /** An opened session. */
    record Open(SessionId session) {}

    ShellFixture(Path state) {
        appearance.reducedProperty().set(true);
        window = new MainWindow(
                datazones,
                appearance,
                browsed::add,
                Clock.fixed(NOW, ZoneOffset.UTC),
                now,
                "1.0.0",
                (screens, context) -> addScreens(screens, context, state));
    }

    ScreenContext context() {
        return window.context();
    }

    Place place() {
        return context().navigator().placeProperty().get();
    }

    void show(Stage stage) {
        window.show(stage, "Datalabs");
    }

    /** Saves a picture of {@code node}'s window when a folder for pictures was named. */
    static void picture(Node node, String name) {
        String folder = System.getProperty("datalabs.pictures");
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(Path.of(folder));
            ImageIO.write(
                    SwingFXUtils.fromFXImage(node.getScene().snapshot(null), null),
                    "png",
                    Path.of(folder, name + ".png").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addScreens(Screens screens, ScreenContext context, Path state) {
        LaunchPort launches = new Launches();
        SessionPort sessions = new Sessions();
        screens.add(Place.Catalogue.class, () -> new CatalogueView(context, launches, sessions));
        screens.add(Place.Details.class, () -> new DetailsView(context, launches, sessions));
        screens.add(Place.Settings.class, () -> new SettingsView(context, appearance, state));
    }

    private final class Launches implements LaunchPort {
        @Override
        public void run(DatalabId datalab) {
            done.add(new Run(datalab));
        }

        @Override
        public void run(LaunchRequest settings) {
            done.add(settings);
        }

        @Override
        public void choose(DatalabId datalab) {
            done.add(new Choose(datalab));
        }

        @Override
        public void choose(LaunchRequest settings) {
            done.add(settings);
        }

        @Override
        public void runAgain(Session session) {
            done.add(session);
        }

        @Override
        public void runAgainWithMoreMemory(Session session) {
            done.add(session);
        }

        @Override
        public long moreMemory(Session session) {
            return 0;
        }
    }

    private final class Sessions implements SessionPort {
        @Override
        public void open(SessionId session) {
            done.add(new Open(session));
        }

        @Override
        public void openLog(SessionId session) {
            done.add(new Open(session));
        }
    }
}
