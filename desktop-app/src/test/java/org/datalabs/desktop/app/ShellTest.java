package org.datalabs.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.datalabs.core.api.Marks;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.datazone.CatalogueSnapshot;
import org.datalabs.desktop.datazone.FakeDatalabs;
import org.datalabs.desktop.datazone.FakeDatazone;
import org.datalabs.desktop.datazone.FakeDatazones;
import org.datalabs.desktop.settings.DatazoneForm;
import org.datalabs.desktop.theme.Scheme;
import org.datalabs.desktop.view.Place;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Flows through the whole window, by mouse and keys. */
@ExtendWith(ApplicationExtension.class)
class ShellTest {
    private static final DatalabId TOPCAT = new DatalabId("topcat");

    @TempDir
    Path state;

    @SuppressWarnings("NullAway.Init")
    private ShellFixture app;

    @Start
    void start(Stage stage) {
        app = new ShellFixture(state);
        app.local.goOnline();
        app.cloud.goOnline();
        app.show(stage);
    }

    /** Keys go to the window that has the focus. */
    @BeforeEach
    void waitForTheWindow(FxRobot robot) {
        await(() -> robot.lookup("#search")
                .queryAs(Node.class)
                .getScene()
                .getWindow()
                .isFocused());
    }

    @Test
    void rehearsesWhereThereIsSomethingToSeeAndEnds(FxRobot robot) {
        List<Place> seen = new ArrayList<>();
        AtomicBoolean ended = new AtomicBoolean();

        robot.interact(() -> {
            app.context().navigator().placeProperty().subscribe(place -> {
                seen.add(place);
            });
            new Rehearsal(app.context(), () -> ended.set(true)).start();
        });

        await(ended::get);
        assertThat(seen)
                .contains(new Place.Settings())
                .anyMatch(Place.Details.class::isInstance)
                .last()
                .isEqualTo(new Place.Catalogue());
    }

    @Test
    void aScreenThatWantsMoreThanTheWindowMovesNothingElse(FxRobot robot) {
        StackPane page = robot.lookup(".page").queryAs(StackPane.class);
        Node zone = robot.lookup("#zone").query();
        double before = zone.localToScene(0, 0).getX();
        WaitForAsyncUtils.waitForAsyncFx(
                5000, () -> ((Region) page.getChildren().get(0)).setMinSize(4000, 3000));
        WaitForAsyncUtils.waitForFxEvents();

        Scene scene = page.getScene();
        Bounds shown = page.localToScene(page.getLayoutBounds());
        assertThat(shown.getMaxX()).isLessThanOrEqualTo(scene.getWidth());
        assertThat(shown.getMaxY()).isLessThanOrEqualTo(scene.getHeight());
        assertThat(page.getChildren().get(0).getLayoutX()).isBetween(0.0, 1.0);
        assertThat(zone.localToScene(0, 0).getX()).isEqualTo(before);
    }

    @Test
    void narrowsTheCatalogueWhileTyping(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.F);
        robot.write("topc");

        await(() -> shownNames(robot).equals(Set.of("TOPCAT")));
        assertThat(count(robot)).isEqualTo("1 datalab");

        robot.push(KeyCode.ESCAPE);
        await(() -> shownNames(robot).size() == 3);
    }

    @Test
    void saysThatNothingMatchesAndClearsFilters(FxRobot robot) {
        CheckBox web = robot.from(robot.lookup("#facet-kind").queryAs(Node.class))
                .lookup(".check-box")
                .match(node -> ((CheckBox) node).getText().equals("Web"))
                .query();
        robot.clickOn(web);
        await(() -> shownNames(robot).equals(Set.of("JupyterLab")));
        robot.push(KeyCode.CONTROL, KeyCode.F);
        robot.write("topcat");

        await(() -> says(robot, "One filter is on: Web. Without it there is one match."));

        robot.clickOn(button(robot, "Clear filters"));
        await(() -> shownNames(robot).equals(Set.of("TOPCAT")));
    }

    @Test
    void starsFromTheCard(FxRobot robot) {
        robot.clickOn(robot.from(card(robot, "TOPCAT")).lookup(".star").<Button>query());

        assertThat(app.local.commands(FakeDatazone.Mark.class))
                .containsExactly(new FakeDatazone.Mark(TOPCAT, new Marks(true, null)));
    }

    @Test
    void tellsWhenAStarIsNotTaken(FxRobot robot) {
        robot.interact(() -> app.local.refuse(Problem.of(ProblemCode.DISK_FULL, "The disk is full.", "Free some.")));
        robot.clickOn(robot.from(card(robot, "TOPCAT")).lookup(".bookmark").<Button>query());

        await(() -> says(robot, "The disk is full. Free some."));
    }

    @Test
    void playLaunchesAtOnce(FxRobot robot) {
        robot.clickOn(robot.from(card(robot, "TOPCAT")).lookup(".play").<Button>query());

        assertThat(app.done).containsExactly(new ShellFixture.Run(TOPCAT));
    }

    @Test
    void playIsRefusedWithAReasonWhereADatalabCannotRun(FxRobot robot) {
        Button play = robot.from(card(robot, "CASA")).lookup(".play").query();

        assertThat(play.isDisabled()).isTrue();
        assertThat(play.getAccessibleHelp())
                .isEqualTo("CASA is not installed on this machine. Choose a datazone that has it.");
    }

    @Test
    void staysReadableOffline(FxRobot robot) {
        robot.interact(() -> app.local.goOffline());

        await(() -> says(robot, "You are offline"));
        assertThat(shownNames(robot)).hasSize(3);
        assertThat(robot.from(card(robot, "TOPCAT"))
                        .lookup(".play")
                        .<Button>query()
                        .isDisabled())
                .isTrue();

        robot.clickOn(button(robot, "Try again"));
        assertThat(app.local.commands(FakeDatazone.Retry.class)).hasSize(1);

        robot.interact(() -> app.local.goOnline());
        await(() -> !says(robot, "You are offline"));
    }

    @Test
    void saysSoWhenADatazoneThatWasNeverReadDoesNotAnswer(FxRobot robot) {
        robot.interact(() -> {
            app.cloud.setCatalogue(CatalogueSnapshot.NONE);
            app.cloud.goOffline();
            app.datazones.select(app.cloud);
        });
        await(() -> says(robot, "SCI-CLOUD does not answer"));

        robot.clickOn(button(robot, "Work on This computer"));
        await(() -> shownNames(robot).size() == 3);
    }

    @Test
    void offersTheSessionOfADatalabThatRuns(FxRobot robot) {
        CatalogueEntry topcat = FakeDatalabs.topcat();
        var session = FakeDatalabs.session(7, topcat, new SessionState.Ready(FakeDatalabs.NOON));
        robot.interact(() -> app.local.setSessions(session));

        Node card = card(robot, "TOPCAT");
        await(() -> robot.from(card).lookup(".state").<Label>query().getText().equals("Running"));
        robot.clickOn(robot.from(card).lookup(".round").<Button>query());

        assertThat(app.done).containsExactly(new ShellFixture.Open(session.id()));
    }

    @Test
    void opensDetailsAndGoesBack(FxRobot robot) {
        robot.clickOn(robot.from(card(robot, "TOPCAT")).lookup(".entry-name").<Label>query());
        await(() -> app.place().equals(new Place.Details(TOPCAT)));
        assertThat(robot.lookup("#details-name").<Label>query().getText()).isEqualTo("TOPCAT");

        robot.clickOn("#details-star");
        assertThat(app.local.commands(FakeDatazone.Mark.class)).hasSize(1);
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        assertThat(app.done).containsExactly(new ShellFixture.Run(TOPCAT));

        robot.push(KeyCode.ALT, KeyCode.LEFT);
        await(() -> app.place().equals(new Place.Catalogue()));
    }

    @Test
    void walksTheCardsWithTheArrowKeys(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.F);
        robot.push(KeyCode.ENTER);
        robot.push(KeyCode.RIGHT);

        assertThat(card(robot, "CASA").getScene().getFocusOwner().getStyleClass())
                .contains("entry");
        robot.push(KeyCode.ENTER);
        await(() -> app.place() instanceof Place.Details);
    }

    @Test
    void runsACommandFromThePalette(FxRobot robot) {
        openPalette(robot);
        System.gc();
        robot.write("dark");
        robot.push(KeyCode.ENTER);

        await(() -> app.appearance.schemeProperty().get() == Scheme.DARK);
        assertThat(robot.lookup("#palette-field").tryQuery()).isEmpty();

        openPalette(robot);
        robot.write("jupy");
        robot.push(KeyCode.ENTER);
        await(() -> app.place().equals(new Place.Details(new DatalabId("jupyterlab"))));
    }

    @Test
    void switchesTheDatazone(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.D);
        await(() -> robot.lookup(".zone-line").queryAll().size() == 2);
        robot.push(KeyCode.ESCAPE);
        await(() -> robot.lookup(".zone-line").queryAll().isEmpty());

        robot.clickOn("#zone");
        robot.clickOn(robot.lookup(".zone-line")
                .match(node -> "SCI-CLOUD, Connected".equals(node.getAccessibleText()))
                .<Button>query());

        await(() -> app.datazones.currentProperty().get() == app.cloud);
        await(() -> robot.lookup("#connection").<Label>query().getText().startsWith("Connected to SCI-CLOUD"));
    }

    @Test
    void addsADatazoneInTheSettings(FxRobot robot) {
        robot.clickOn("#nav-settings");
        robot.clickOn("#add-datazone");
        robot.clickOn("#datazone-add");
        await(() -> says(robot, "Give it a name of at most 60 characters."));

        robot.clickOn("#datazone-name").write("EO-CLOUD");
        robot.clickOn("#datazone-address").write("not an address");
        robot.clickOn("#datazone-add");
        await(() -> says(robot, "Give an http or https address such as https://datalabs.example.org."));

        robot.interact(
                () -> robot.lookup("#datazone-address").<TextField>query().setText("eo.example.org"));
        robot.clickOn("#datazone-add");
        await(() -> app.datazones.currentProperty().get().name().equals("EO-CLOUD"));
        assertThat(app.datazones.added().get(0).address()).hasToString("https://eo.example.org");
    }

    @Test
    void asksForADatazoneFromTheSwitcher(FxRobot robot) {
        app.datazones.refuse(
                Problem.of(ProblemCode.NOT_SIGNED_IN, "The request does not prove who sends it.", "Send a token."));
        robot.clickOn("#zone");
        robot.clickOn("#zone-add");
        robot.clickOn("#datazone-name").write("EO-CLOUD");
        robot.clickOn("#datazone-address").write("eo.example.org");
        robot.clickOn("#datazone-add");
        await(() -> robot.lookup("#datazone-error")
                .<Label>query()
                .getText()
                .startsWith("The datazone wants an access token"));

        robot.clickOn("#datazone-token").write("secret");
        await(() -> robot.lookup("#datazone-error").<Label>query().getText().isEmpty());
        app.datazones.refuse(Problem.field("address", "It is in the list already."));
        robot.clickOn("#datazone-add");
        await(() -> robot.lookup("#datazone-error").<Label>query().getText().equals("It is in the list already."));
    }

    @Test
    void asksOnlyForTheTokenOfAKnownDatazone(FxRobot robot) {
        robot.interact(() -> new DatazoneForm(app.context()).open(URI.create("https://eo.example.org/datalabs")));
        await(() -> robot.lookup("#datazone-token").<TextField>query().isFocused());

        robot.write("secret").push(KeyCode.ENTER);

        await(() -> app.datazones.currentProperty().get().name().equals("eo.example.org"));
        assertThat(app.datazones.added())
                .containsExactly(new FakeDatazones.Add(
                        "eo.example.org", URI.create("https://eo.example.org/datalabs"), "secret"));
    }

    @Test
    void nothingThatCanBeClickedIsNameless(FxRobot robot) {
        for (Node node : robot.lookup(node ->
                        node instanceof ButtonBase || node.getStyleClass().contains("entry"))
                .queryAll()) {
            boolean named = (node.getAccessibleText() != null
                            && !node.getAccessibleText().isBlank())
                    || (node instanceof Labeled labeled && !labeled.getText().isBlank());
            boolean part = node.getAccessibleRole() == AccessibleRole.NODE || !node.isVisible();
            assertThat(named || part).as("name of %s", node).isTrue();
        }
    }

    private static void openPalette(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.K);
        await(() -> robot.lookup("#palette-field")
                .tryQuery()
                .filter(Node::isFocused)
                .isPresent());
    }

    private static Set<String> shownNames(FxRobot robot) {
        return robot.lookup(".entry").match(ShellTest::isShown).<Node>queryAll().stream()
                .map(node -> ((Label) node.lookup(".entry-name")).getText())
                .collect(Collectors.toSet());
    }

    private static Node card(FxRobot robot, String name) {
        return robot.lookup(".entry")
                .match(ShellTest::isShown)
                .match(node -> node.lookup(".entry-name") instanceof Label label
                        && label.getText().equals(name))
                .query();
    }

    private static Button button(FxRobot robot, String words) {
        return robot.lookup(".button")
                .match(node -> node instanceof Button button && words.equals(button.getText()))
                .query();
    }

    private static String count(FxRobot robot) {
        return robot.lookup("#result-count").<Label>query().getText();
    }

    private static boolean says(FxRobot robot, String words) {
        return !robot.lookup(
                        node -> node instanceof Labeled labeled && isShown(node) && words.equals(labeled.getText()))
                .queryAll()
                .isEmpty();
    }

    private static boolean isShown(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private static void await(BooleanSupplier condition) {
        try {
            WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> {
                WaitForAsyncUtils.waitForFxEvents();
                return condition.getAsBoolean();
            });
        } catch (TimeoutException e) {
            throw new AssertionError("never came true", e);
        }
    }
}
