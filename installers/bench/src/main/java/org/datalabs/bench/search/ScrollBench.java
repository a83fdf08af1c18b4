package org.datalabs.bench.search;

import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.desktop.catalogue.CatalogueView;
import org.datalabs.desktop.control.OverlayPane;
import org.datalabs.desktop.datazone.FakeDatazone;
import org.datalabs.desktop.datazone.FakeDatazones;
import org.datalabs.desktop.launch.LaunchPort;
import org.datalabs.desktop.session.SessionPort;
import org.datalabs.desktop.theme.Appearance;
import org.datalabs.desktop.theme.Theme;
import org.datalabs.desktop.view.Navigator;
import org.datalabs.desktop.view.NoticeBoard;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.ScreenContext;

/**
 * The app's catalogue page in a window of its own, scrolled from top to bottom. Prints {@code cards MADE IN_SIGHT PLACES
 * ROWS}: the different card nodes that were ever seen in the scene, the most that were seen at once, the places looked at
 * between top and bottom, and the rows that there are.
 *
 * <p>Argument: how many datalabs.
 */
public final class ScrollBench {
    private static final int STEPS = 400;

    private final Set<Node> made = Collections.newSetFromMap(new IdentityHashMap<>());
    private int mostInSight;

    private ScrollBench() {}

    public static void main(String[] arguments) {
        List<CatalogueEntry> entries = GeneratedCatalogue.of(Integer.parseInt(arguments[0]));
        Platform.startup(() -> new ScrollBench().open(entries));
    }

    private void open(List<CatalogueEntry> entries) {
        FakeDatazone datazone = new FakeDatazone();
        datazone.setCatalogue(entries.toArray(CatalogueEntry[]::new));
        Appearance appearance = new Appearance();
        StackPane page = new StackPane();
        OverlayPane overlay = new OverlayPane(page, appearance);
        ScreenContext context = new ScreenContext(
                new FakeDatazones(datazone),
                new NoNavigator(),
                overlay,
                overlay.popovers(),
                overlay.toasts(),
                new NoNotices(),
                address -> {},
                appearance,
                Clock.systemUTC(),
                new SimpleObjectProperty<>(Instant.now()));
        CatalogueView view = new CatalogueView(context, new NoLaunches(), new NoSessions());
        page.getChildren().add(view.node());
        Scene scene = new Scene(overlay, 1440, 900);
        new Theme(appearance).dress(scene);
        Stage stage = new Stage();
        stage.setScene(scene);
        stage.show();
        stage.setWidth(1440);
        stage.setHeight(900);
        view.show(new Place.Catalogue());
        new Scrolling(scene).start();
    }

    /** One step per pulse, so that every place is laid out and painted. */
    private final class Scrolling extends AnimationTimer {
        private final Scene scene;
        private int step;

        Scrolling(Scene scene) {
            this.scene = scene;
        }

        @Override
        public void handle(long now) {
            List<Node> cards = scene.getRoot().lookupAll(".entry.card").stream()
                    .filter(card -> card.getParent() != null)
                    .toList();
            if (cards.isEmpty()) {
                return;
            }
            made.addAll(cards);
            mostInSight = Math.max(
                    mostInSight, (int) cards.stream().filter(this::inSight).count());
            ListView<?> list = list();
            int rows = list.getItems().size();
            if (step > STEPS) {
                stop();
                System.out.println("cards " + made.size() + " " + mostInSight + " " + (STEPS - 1) + " " + rows);
                System.exit(0);
            }
            list.scrollTo((int) ((rows - 1) * (long) step / STEPS));
            step++;
        }

        private ListView<?> list() {
            return scene.getRoot().lookupAll(".entry-grid").stream()
                    .filter(node -> node.isVisible()
                            && node instanceof ListView<?> list
                            && !list.getItems().isEmpty())
                    .map(node -> (ListView<?>) node)
                    .findFirst()
                    .orElseThrow();
        }

        private boolean inSight(Node card) {
            return card.isVisible()
                    && card.getParent().isVisible()
                    && card.localToScene(card.getLayoutBounds()).intersects(0, 0, scene.getWidth(), scene.getHeight());
        }
    }

    private static final class NoNavigator implements Navigator {
        private final ReadOnlyObjectWrapper<Place> place = new ReadOnlyObjectWrapper<>(new Place.Catalogue());
        private final ReadOnlyBooleanWrapper never = new ReadOnlyBooleanWrapper(false);

        @Override
        public ReadOnlyObjectProperty<Place> placeProperty() {
            return place.getReadOnlyProperty();
        }

        @Override
        public void open(Place next) {}

        @Override
        public void back() {}

        @Override
        public void forward() {}

        @Override
        public ReadOnlyBooleanProperty canGoBackProperty() {
            return never.getReadOnlyProperty();
        }

        @Override
        public ReadOnlyBooleanProperty canGoForwardProperty() {
            return never.getReadOnlyProperty();
        }
    }

    private static final class NoNotices implements NoticeBoard {
        private final ReadOnlyIntegerWrapper unread = new ReadOnlyIntegerWrapper();

        @Override
        public ObservableList<Notice> notices() {
            return FXCollections.emptyObservableList();
        }

        @Override
        public ReadOnlyIntegerProperty unreadProperty() {
            return unread.getReadOnlyProperty();
        }

        @Override
        public boolean isUnread(Notice notice) {
            return false;
        }

        @Override
        public void post(Notice notice) {}

        @Override
        public void markAllRead() {}
    }

    private static final class NoLaunches implements LaunchPort {
        @Override
        public void run(DatalabId datalab) {}

        @Override
        public void run(LaunchRequest settings) {}

        @Override
        public void choose(DatalabId datalab) {}

        @Override
        public void choose(LaunchRequest settings) {}

        @Override
        public void runAgain(Session session) {}

        @Override
        public void runAgainWithMoreMemory(Session session) {}

        @Override
        public long moreMemory(Session session) {
            return 0;
        }
    }

    private static final class NoSessions implements SessionPort {
        @Override
        public void open(SessionId session) {}

        @Override
        public void openLog(SessionId session) {}
    }
}
