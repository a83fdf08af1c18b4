package org.datalabs.desktop.session.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import javafx.geometry.Rectangle2D;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.datalabs.desktop.session.real.RemoteDisplay;
import org.datalabs.desktop.session.real.SmallDatazone;
import org.datalabs.desktop.session.real.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** A web datalab that is itself a remote screen: noVNC as it is, on a real Xvnc, all shims together. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class NoVncInWebViewTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final String PAGE = """
            <!DOCTYPE html><html><head><meta charset="utf-8"><title>noVNC</title>
            <style>body{margin:0}#s{width:640px;height:480px}</style><script type="module">
            import RFB from './core/rfb.js';
            const send = RFB.messages.clientEncodings, isQuality = e => e >= -32 && e <= -23;
            RFB.messages.clientEncodings = (to, all) => send(to, JPEG ? all : all.filter(e => !isQuality(e)));
            const rfb = new RFB(document.getElementById('s'), location.href.split('?')[0].replace('http', 'ws') + 'vnc');
            rfb.addEventListener('connect', () => { window.connected = true; rfb.focus(); });
            window.shown = () => document.querySelector('#s canvas');
            </script></head><body><div id="s"></div></body></html>
            """;

    @TempDir
    Path folder;

    private Stage stage;
    private RemoteDisplay display;
    private SmallDatazone datazone;
    private WebStage web;

    @Start
    void start(Stage primary) {
        stage = primary;
    }

    private void open(boolean jpeg) throws Exception {
        display = new RemoteDisplay(RemoteDisplay.freeNumber(), WIDTH + "x" + HEIGHT, 60, folder);
        datazone = new SmallDatazone(display);
        datazone.respond((request, out) ->
                respond(request.path().substring(datazone.root().length()), PAGE.replace("JPEG", "" + jpeg), out));
        web = new WebStage(stage, datazone);
        web.until("window.connected === true");
    }

    @AfterEach
    void close() throws Exception {
        web.close();
        datazone.close();
        display.close();
    }

    private static void respond(String path, String page, OutputStream out) throws IOException {
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        if (!path.isEmpty()) {
            try (InputStream module =
                    NoVncInWebViewTest.class.getResourceAsStream("/org/datalabs/desktop/session/novnc/" + path)) {
                if (module == null) {
                    SmallDatazone.text(out, "404 Not Found", "");
                    return;
                }
                body = module.readAllBytes();
            }
        }
        String type = path.isEmpty() ? "text/html" : "text/javascript";
        SmallDatazone.head(out, "200 OK", Map.of("Content-Type", type, "Content-Length", "" + body.length));
        out.write(body);
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 8"})
    void showsWhatTheDesktopShows(boolean jpeg, int mostDifference, FxRobot robot) throws Exception {
        open(jpeg);
        String plasma = folder.resolve("plasma.png").toString();
        display.run("convert", "-seed", "7", "-size", "400x300", "plasma:red-blue", plasma);
        // Until the pointer was here, the desktop draws one into the picture.
        robot.moveTo(web.view()).moveTo(stage.getX() + 630, stage.getY() + 470);
        display.start("display", "-geometry", "+30+40", plasma);
        display.start("xev", "-geometry", "150x100+450+30");
        untilSame(mostDifference);
        assertThat(web.eval("__datalabsShim.held.has(shown())")).isEqualTo("true");

        // Windows that move are copied by the client.
        String window =
                display.run("xdotool", "search", "--name", "Event Tester").strip();
        for (int i = 1; i < 20; i++) {
            display.run("xdotool", "windowmove", window, "" + (450 - i * 15), "" + (30 + i * 10));
        }
        untilSame(mostDifference);

        Until.holds("xev has the focus", () -> {
            display.run("xdotool", "search", "--name", "Event Tester", "windowfocus");
            return display.output("xev").contains("FocusIn");
        });
        WebStage.onFx(() -> {
            web.view().requestFocus();
            return true;
        });
        web.eval("shown().focus()");
        robot.type(KeyCode.Z);
        Until.holds("the desktop got the key", () -> display.output("xev").contains("keysym 0x7a, z"));
    }

    private void untilSame(int mostDifference) {
        Until.holds("the picture is the desktop's", () -> {
            String shot = folder.resolve("shot.png").toString();
            display.run("import", "-window", "root", shot);
            Image expected = new Image("file:" + shot);
            return colours(expected) > 1000 && difference(expected, picture()) <= mostDifference;
        });
    }

    /** What JavaFX paints, not what the page believes. */
    private Image picture() {
        return WebStage.onFx(() -> {
            SnapshotParameters area = new SnapshotParameters();
            area.setViewport(new Rectangle2D(0, 0, WIDTH, HEIGHT));
            return web.view().snapshot(area, null);
        });
    }

    private static long colours(Image image) {
        return IntStream.range(0, WIDTH * HEIGHT)
                .map(i -> image.getPixelReader().getArgb(i % WIDTH, i / WIDTH))
                .distinct()
                .count();
    }

    /** The largest in any colour of any pixel. */
    private static int difference(Image expected, Image shown) {
        return IntStream.range(0, WIDTH * HEIGHT)
                .map(i -> {
                    int one = expected.getPixelReader().getArgb(i % WIDTH, i / WIDTH);
                    int other = shown.getPixelReader().getArgb(i % WIDTH, i / WIDTH);
                    return IntStream.of(0, 8, 16, 24)
                            .map(shift -> Math.abs((one >>> shift & 255) - (other >>> shift & 255)))
                            .max()
                            .orElse(0);
                })
                .max()
                .orElse(0);
    }
}
