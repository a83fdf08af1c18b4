package org.datalabs.desktop.session.vnc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.geometry.Dimension2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.desktop.session.link.LinkState;
import org.datalabs.desktop.session.link.SessionConnection;
import org.datalabs.desktop.session.link.SessionEnvironment;
import org.datalabs.desktop.session.link.SessionGoneException;
import org.datalabs.desktop.session.real.Environments;
import org.datalabs.desktop.session.real.RemoteDisplay;
import org.datalabs.desktop.session.real.SmallDatazone;
import org.datalabs.desktop.session.real.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The view against a real Xvnc with real programs. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class DesktopSessionViewTest {
    @TempDir
    Path folder;

    private Stage stage;
    private RemoteDisplay display;
    private SmallDatazone datazone;
    private SessionEnvironment environment;
    private DesktopSessionView view;

    @Start
    void start(Stage primary) {
        stage = primary;
    }

    @BeforeEach
    void open() throws Exception {
        display = new RemoteDisplay(RemoteDisplay.freeNumber(), "640x480", 60, folder);
        datazone = new SmallDatazone(display);
        environment = Environments.create();
    }

    @AfterEach
    void close() throws Exception {
        onFx(() -> view.close());
        datazone.close();
        display.close();
        Environments.close(environment);
    }

    private void show(SessionConnection connection, PictureEncoding encoding) {
        onFx(() -> {
            view = new DesktopSessionView(connection, environment, encoding);
            stage.setScene(new Scene(view, 640, 480));
            stage.show();
            stage.setWidth(800);
            stage.setHeight(600);
            view.requestFocus();
            view.start();
        });
    }

    private void showConnected() {
        show(datazone, PictureEncoding.TIGHT);
        awaitConnected();
    }

    private void awaitConnected() {
        Until.holds(
                "the first picture came",
                () -> view.stateProperty().get() instanceof LinkState.Connected
                        && view.remoteSize().getWidth() > 0);
    }

    private static void onFx(Runnable action) {
        Platform.runLater(action);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private Image picture() {
        CompletableFuture<Image> image = new CompletableFuture<>();
        Platform.runLater(() -> image.complete(((ImageView) view.lookup(".desktop-surface > ImageView")).getImage()));
        return image.join();
    }

    @ParameterizedTest
    @EnumSource(PictureEncoding.class)
    void showsExactlyWhatTheDesktopShows(PictureEncoding encoding, FxRobot robot) throws Exception {
        String plasma = folder.resolve("plasma.png").toString();
        display.run("convert", "-seed", "7", "-size", "400x300", "plasma:red-blue", plasma);
        show(datazone, encoding);
        awaitConnected();
        // Until this view has moved the pointer, the desktop draws one into the picture.
        robot.moveTo(view).moveBy(7, 9);
        display.start("display", "-geometry", "+30+40", plasma);
        display.start("xev", "-geometry", "150x100+450+30");
        Until.holds("the picture is the desktop's", () -> {
            String shot = folder.resolve("shot.png").toString();
            display.run("import", "-window", "root", shot);
            Image expected = new Image("file:" + shot);
            return colours(expected) > 1000 && differences(expected, picture()) == 0;
        });
    }

    private static long colours(Image image) {
        return IntStream.range(0, 640 * 480)
                .map(i -> image.getPixelReader().getArgb(i % 640, i / 640))
                .distinct()
                .count();
    }

    private static long differences(Image expected, Image actual) {
        return IntStream.range(0, 640 * 480)
                .filter(i -> expected.getPixelReader().getArgb(i % 640, i / 640)
                        != actual.getPixelReader().getArgb(i % 640, i / 640))
                .count();
    }

    @Test
    void sendsTheKeysThatAreTyped(FxRobot robot) throws Exception {
        showConnected();
        startXev();
        robot.type(KeyCode.A, KeyCode.DIGIT7, KeyCode.ENTER, KeyCode.F5, KeyCode.LEFT);
        robot.press(KeyCode.SHIFT).type(KeyCode.B, KeyCode.DIGIT1).release(KeyCode.SHIFT);
        robot.press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);
        awaitKeys("0x61, a", "0x37, 7", "0xff0d, Return", "0xffc2, F5", "0xff51, Left");
        awaitKeys("0xffe1, Shift_L", "0x42, B", "0x21, exclam", "0xffe3, Control_L", "0x63, c");
    }

    @Test
    void sendsCharactersThatTheRemoteLayoutLacks() throws Exception {
        showConnected();
        startXev();
        Map<String, String> names = Map.of(
                "ö",
                "0xf6, odiaeresis",
                "€",
                "U20AC",
                "ф",
                "U0444",
                "λ",
                "U03BB",
                "@",
                "0x40, at",
                "ñ",
                "0xf1, ntilde");
        names.forEach((text, name) -> {
            // One after the other, as a person types: the desktop maps a new key for each.
            onFx(() -> view.lookup(".desktop-surface")
                    .fireEvent(new KeyEvent(
                            KeyEvent.KEY_PRESSED, "", text, KeyCode.UNDEFINED, false, false, false, false)));
            awaitKeys(name);
        });
    }

    @Test
    void sendsKeysThatThisComputerKeepsForItself() throws Exception {
        showConnected();
        startXev();
        onFx(() -> view.sendKeys(SpecialKeys.CONTROL_ALT_DELETE));
        awaitKeys("Control_L", "Alt_L", "0xffff, Delete");
    }

    @Test
    void leavesTheAppItsShortcutsUntilKeysAreGrabbed(FxRobot robot) throws Exception {
        showConnected();
        startXev();
        onFx(() -> view.setAppShortcuts(event -> event.getCode() == KeyCode.F11));
        robot.type(KeyCode.F11, KeyCode.X);
        awaitKeys("0x78, x");
        assertThat(display.output("xev")).doesNotContain("F11");
        onFx(() -> view.grabKeysProperty().set(true));
        robot.type(KeyCode.F11);
        awaitKeys("F11");
    }

    @Test
    void sendsNothingWhenItMayOnlyLook(FxRobot robot) throws Exception {
        showConnected();
        startXev();
        onFx(() -> view.viewOnlyProperty().set(true));
        robot.type(KeyCode.Q);
        onFx(() -> view.viewOnlyProperty().set(false));
        robot.type(KeyCode.Z);
        awaitKeys("0x7a, z");
        assertThat(display.output("xev")).doesNotContain("0x71, q");
    }

    @Test
    void movesThePointerAndClicksWhereThePictureShowsIt(FxRobot robot) throws Exception {
        showConnected();
        startXev();
        Bounds[] at = new Bounds[1];
        onFx(() -> {
            Node shown = view.lookup(".desktop-surface > ImageView");
            at[0] = shown.localToScreen(shown.getLayoutBounds());
        });
        robot.moveTo(at[0].getMinX() + at[0].getWidth() / 4, at[0].getMinY() + at[0].getHeight() / 2);
        Until.holds("the remote pointer is there", () -> {
            String where = display.run("xdotool", "getmouselocation");
            return where.matches("(?s)x:(159|160|161) y:(239|240|241) .*");
        });
        robot.clickOn(MouseButton.PRIMARY);
        robot.scroll(2, VerticalDirection.DOWN);
        Until.holds("button and wheel arrive", () -> {
            String output = display.output("xev");
            return output.contains("ButtonPress") && output.contains("button 5");
        });
    }

    private void startXev() throws Exception {
        display.start("xev", "-geometry", "600x400+0+0");
        Until.holds("xev has the focus", () -> {
            display.run("xdotool", "search", "--name", "Event Tester", "windowfocus");
            return display.output("xev").contains("FocusIn");
        });
    }

    private void awaitKeys(String... keys) {
        for (String key : keys) {
            Until.holds(key + " was pressed", () -> display.output("xev").contains(key));
        }
    }

    @Test
    void copiesTextOutOfTheDesktop() throws Exception {
        showConnected();
        display.copy("Größe 10″ → λ = 5007 Å");
        Until.holds("this computer's clipboard has it", () -> {
            CompletableFuture<String> text = new CompletableFuture<>();
            Platform.runLater(() ->
                    text.complete(String.valueOf(Clipboard.getSystemClipboard().getString())));
            return text.join().equals("Größe 10″ → λ = 5007 Å");
        });
        assertThat(view.remoteTextProperty().get()).isEqualTo("Größe 10″ → λ = 5007 Å");
    }

    @Test
    void pastesThisComputersTextIntoTheDesktop() throws Exception {
        onFx(() ->
                Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, "α Centauri\nδ = −60° 50′")));
        showConnected();
        onFx(() -> view.pasteIntoDesktop());
        Until.holds("the desktop's clipboard has it", () -> display.run("xclip", "-selection", "clipboard", "-o")
                .equals("α Centauri\nδ = −60° 50′"));
    }

    @Test
    void resizesTheRemoteScreenToTheRoomThatItHas() {
        showConnected();
        assertThat(view.remoteSize()).isEqualTo(new Dimension2D(640, 480));
        onFx(() -> view.scaleModeProperty().set(ScaleMode.RESIZE_REMOTE));
        Until.holds("the remote screen has the view's size", () -> view.remoteSize()
                .equals(new Dimension2D((int) view.getWidth(), (int) view.getHeight())));
        assertThat(view.getWidth()).isGreaterThan(700);
    }

    @Test
    void comesBackAfterALostConnection() throws Exception {
        showConnected();
        List<Class<?>> states = new CopyOnWriteArrayList<>();
        onFx(() -> view.stateProperty().addListener((property, before, now) -> states.add(now.getClass())));
        datazone.cut();
        Until.holds("it has come back", () -> states.contains(LinkState.Connected.class));
        assertThat(states)
                .startsWith(LinkState.Lost.class, LinkState.Connecting.class)
                .endsWith(LinkState.Connected.class);
    }

    @Test
    void endsForGoodWhenTheSessionIsGone() {
        Problem gone = Problem.of(ProblemCode.NOT_FOUND, "This datalab was destroyed.", "");
        show(
                new SessionConnection() {
                    @Override
                    public String sessionId() {
                        return "gone";
                    }

                    @Override
                    public CompletionStage<URI> ticketUrl() {
                        return CompletableFuture.failedFuture(new SessionGoneException(gone));
                    }
                },
                PictureEncoding.TIGHT);
        Until.holds("it is closed", () -> view.stateProperty().get() instanceof LinkState.Closed);
        assertThat(view.stateProperty().get()).isEqualTo(new LinkState.Closed(gone));
    }

    @Test
    void fetchesNothingWhileItIsHidden() throws Exception {
        showConnected();
        onFx(() -> view.activeProperty().set(false));
        display.start("xev", "-geometry", "300x200+0+0");
        Until.holds("xev is there", () -> display.output("xev").contains("MapNotify"));
        long before = view.framesShown();
        onFx(() -> view.activeProperty().set(true));
        Until.holds("the picture goes on", () -> view.framesShown() > before);
    }
}
