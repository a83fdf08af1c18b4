package org.datalabs.desktop.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javafx.scene.Scene;
import javafx.scene.control.ScrollBar;
import javafx.stage.Stage;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.session.SessionId;
import org.datalabs.desktop.datazone.FakeDatalabs;
import org.datalabs.desktop.theme.Appearance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class EntryGridTest {
    private static final int MANY = 100_000;
    private static final int STEPS = 200;

    private final CatalogueEntry entry = FakeDatalabs.topcat();
    private final AtomicInteger filled = new AtomicInteger();
    private DatalabId last = entry.datalab().id();

    @SuppressWarnings("NullAway.Init")
    private EntryGrid grid;

    @Start
    void start(Stage stage) {
        grid = new EntryGrid(
                DatalabCard.HEIGHT,
                14,
                DatalabCard.LEAST_WIDTH,
                () -> new DatalabCard(new NoActions(), new Appearance()),
                (pane, id) -> {
                    filled.incrementAndGet();
                    last = id;
                    pane.show(entry, null, new Runnability(true, "", ""));
                    return true;
                });
        stage.setScene(new Scene(grid, 1000, 800));
        stage.show();
        stage.setWidth(1000);
        stage.setHeight(800);
    }

    @Test
    void makesNoCardPerDatalab(FxRobot robot) {
        List<DatalabId> hits = IntStream.range(0, MANY)
                .mapToObj(number -> new DatalabId("d" + number))
                .toList();
        robot.interact(() -> grid.show(hits, true));
        ScrollBar bar = robot.from(grid).lookup(".scroll-bar:vertical").query();
        for (int step = 0; step <= STEPS; step++) {
            double share = step / (double) STEPS;
            robot.interact(() -> bar.setValue(share));
        }

        assertThat(last.value()).startsWith("d99");
        assertThat(filled.get()).isGreaterThan(STEPS);
        assertThat(grid.panesMade()).isLessThan(60);
    }

    @Test
    void keepsItsCardsWhenTheHitsChange(FxRobot robot) {
        robot.interact(() -> grid.show(List.of(new DatalabId("a"), new DatalabId("b")), true));
        robot.interact(() -> grid.layout());
        int before = grid.panesMade();
        for (int i = 0; i < 50; i++) {
            List<DatalabId> hits = List.of(new DatalabId("x" + i));
            robot.interact(() -> grid.show(hits, true));
        }

        assertThat(last).isEqualTo(new DatalabId("x49"));
        assertThat(grid.panesMade()).isEqualTo(before);
    }

    private static final class NoActions implements EntryActions {
        @Override
        public void open(CatalogueEntry entry) {}

        @Override
        public void run(CatalogueEntry entry) {}

        @Override
        public void openSession(SessionId session) {}

        @Override
        public void toggleStar(CatalogueEntry entry) {}

        @Override
        public void toggleBookmark(CatalogueEntry entry) {}
    }
}
