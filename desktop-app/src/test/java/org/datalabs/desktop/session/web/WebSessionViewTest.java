package org.datalabs.desktop.session.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.datalabs.desktop.session.link.LinkState;
import org.datalabs.desktop.session.real.SmallDatazone;
import org.datalabs.desktop.session.real.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** What pages can do in a real WebView, through a real gateway and real sockets. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class WebSessionViewTest {
    private static final String PAGE = """
            <!DOCTYPE html><html><head><title>First page</title><script>
            var early = window.WebSocket && 'OPEN' in WebSocket ? WebSocket.OPEN : 'none';
            var log = [], keys = [];
            ['keydown', 'keypress', 'keyup'].forEach(t => addEventListener(t, e => keys.push(t + ' ' + e.key + ' ' + e.code)));
            function socket(protocols) {
              const s = new WebSocket('echo', protocols);
              s.addEventListener('open', () => log.push('open ' + s.protocol + ' ' + s.readyState));
              s.onmessage = e => log.push(typeof e.data === 'string'
                ? e.data : e.data instanceof Blob ? 'blob ' + e.data.size : 'bytes ' + new Uint8Array(e.data).join());
              s.onerror = () => log.push('error');
              s.onclose = e => log.push('close ' + e.code + ' ' + e.reason + ' ' + e.wasClean);
              return window.s = s;
            }
            </script></head><body><input id="field" autofocus><a id="other" href="https://example.org/x?y" target="_blank">other</a>
            <a id="own" href="second" target="_blank">own</a><a id="zip" href="data.zip">zip</a></body></html>
            """;

    private Stage stage;
    private SmallDatazone datazone;
    private WebStage web;
    private final CountDownLatch scriptMayCome = new CountDownLatch(1);

    @Start
    void start(Stage primary) {
        stage = primary;
    }

    @BeforeEach
    void open() throws Exception {
        datazone = new SmallDatazone(null);
        datazone.respond(this::answer);
        web = new WebStage(stage, datazone);
        web.until("document.readyState === 'complete' && !!window.log");
    }

    @AfterEach
    void close() throws Exception {
        web.close();
        datazone.close();
    }

    private void answer(SmallDatazone.Request request, OutputStream out) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        String body = PAGE;
        headers.put("Content-Type", "text/html");
        if (request.path().endsWith("data.zip")) {
            headers.put("Content-Type", "application/zip");
            body = "PK";
        } else if (request.path().endsWith("second")) {
            headers.put("Content-Security-Policy", "script-src 'nonce-abc'");
            body = PAGE.replace("First", "Second").replace("<script>", "<script nonce='abc'>");
        } else if (request.path().endsWith("third")) {
            body = "<!DOCTYPE html><html><head><title>Third page</title><script src='part.js'></script></head></html>";
        } else if (request.path().endsWith("part.js")) {
            headers.put("Content-Type", "text/javascript");
            headers.put("Cache-Control", "no-store");
            body = "window.part = true;";
            await(scriptMayCome);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        headers.put("Content-Length", "" + bytes.length);
        SmallDatazone.head(out, "200 OK", headers);
        out.write(bytes);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("the test did not go on");
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    private void untilLog(String entry) {
        web.until("log.includes('" + entry + "')");
    }

    @Test
    void givesPagesSocketsBeforeTheirOwnScriptsRun() {
        assertThat(web.eval("early")).isEqualTo("1");
        web.eval("socket(['v2', 'v1'])");
        untilLog("open v2 1");
        web.eval("s.send('gr\\u00fc\\u00df \\ud83d\\udd2d'); s.send('ping'); s.send('fragments')");
        untilLog("grüß 🔭");
        untilLog("ping");
        untilLog("one two three");
        assertThat(web.eval("s instanceof WebSocket && s.url.startsWith('ws://127.0.0.1:')"))
                .isEqualTo("true");
    }

    @Test
    void carriesBytesAsThePageWantsThem() {
        web.eval(
                "socket().onopen = () => { s.binaryType = 'arraybuffer'; s.send(new Uint8Array([0, 127, 128, 255])); }");
        untilLog("bytes 0,127,128,255");
        web.eval("s.binaryType = 'blob'; s.send(new Blob([new Uint8Array(3)])); s.send('after the blob')");
        untilLog("after the blob");
        assertThat(web.eval("log.indexOf('blob 3') >= 0 && log.indexOf('blob 3') < log.indexOf('after the blob')"))
                .isEqualTo("true");
    }

    @Test
    void carriesLargeMessagesAndCountsWhatWaits() {
        web.eval("socket().onopen = () => { s.onmessage = e => log.push('got ' + e.data.length);"
                + " s.send('x'.repeat(20000000)); log.push('waiting ' + s.bufferedAmount); }");
        untilLog("waiting 20000000");
        untilLog("got 20000000");
        web.until("s.bufferedAmount === 0");
    }

    @Test
    void tellsHowASocketEnds() {
        web.eval("socket().onopen = () => s.send('close 4001 enough')");
        untilLog("close 4001 enough true");
        web.eval("log.length = 0; socket().onopen = () => s.send('cut')");
        untilLog("close 1006  false");
        assertThat(web.eval("log.includes('error') && s.readyState === 3")).isEqualTo("true");
        web.eval("log.length = 0; socket().onopen = () => s.close(3000, 'bye')");
        untilLog("close 3000 bye true");
    }

    @Test
    void refusesWhatABrowserRefuses() {
        assertThat(web.eval("try { new WebSocket('ftp://x') } catch (e) { e.name }"))
                .isEqualTo("SyntaxError");
        assertThat(web.eval("try { new WebSocket('ws://x', ['a', 'a']) } catch (e) { e.name }"))
                .isEqualTo("SyntaxError");
        assertThat(web.eval("try { socket().send('early') } catch (e) { e.name }"))
                .isEqualTo("InvalidStateError");
        assertThat(web.eval("try { s.close(1001) } catch (e) { e.name }")).isEqualTo("InvalidAccessError");
        web.eval("log.length = 0; new WebSocket('ws://127.0.0.1:1/').onclose = e => log.push('other ' + e.code)");
        untilLog("other 1006");
    }

    @Test
    void closesTheSocketsOfAPageThatIsLeft() {
        web.eval("socket()");
        untilLog("open  1");
        web.eval("location.href = 'second'");
        web.until("document.title === 'Second page'");
        web.eval("socket()");
        untilLog("open  1");
        assertThat(web.view().titleProperty().get()).isEqualTo("Second page");
        WebStage.onFx(() -> {
            web.view().back();
            return true;
        });
        web.until("document.title === 'First page'");
    }

    @Test
    void namesKeysAndTheirPlaces(FxRobot robot) {
        focusField();
        robot.type(KeyCode.A, KeyCode.LEFT, KeyCode.F2);
        robot.press(KeyCode.SHIFT).type(KeyCode.DIGIT1).release(KeyCode.SHIFT);
        robot.press(KeyCode.CONTROL).type(KeyCode.Y).release(KeyCode.CONTROL);
        for (String key : new String[] {
            "keydown a KeyA",
            "keyup a KeyA",
            "keydown ArrowLeft ArrowLeft",
            "keydown F2 F2",
            "keydown Shift ShiftLeft",
            "keydown ! Digit1",
            "keydown y KeyY",
            "keyup Control ControlLeft"
        }) {
            web.until("keys.includes('" + key + "')");
        }
        assertThat(web.eval("keys.some(k => k.startsWith('keypress a'))")).isEqualTo("true");
        assertThat(web.eval("new KeyboardEvent('keydown', {key: 'q', code: 'KeyQ'}).key"))
                .isEqualTo("q");
    }

    @Test
    void namesKeysOfOtherLayouts() {
        focusField();
        WebStage.onFx(() -> {
            var target = web.view().lookup(".web-view");
            target.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "ф", KeyCode.A, false, false, false, false));
            target.fireEvent(
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.DEAD_ACUTE, false, false, false, false));
            return true;
        });
        web.until("keys.includes('keydown ф KeyA') && keys.some(k => k.startsWith('keydown Dead'))");
    }

    private void focusField() {
        WebStage.onFx(() -> {
            web.view().requestFocus();
            return true;
        });
        web.eval("document.getElementById('field').focus()");
        web.until("document.activeElement.id === 'field'");
    }

    @Test
    void sharesTheClipboardAfterAKeyOnly(FxRobot robot) {
        web.eval("navigator.clipboard.readText().catch(e => log.push(e.name))");
        untilLog("NotAllowedError");
        WebStage.onFx(() -> Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, "M 31")));
        focusField();
        robot.type(KeyCode.A);
        web.until("keys.length > 0");
        web.eval("navigator.clipboard.readText().then(t => log.push('read ' + t))");
        untilLog("read M 31");
        web.eval("navigator.clipboard.writeText('M 33 ↔').then(() => log.push('written'))");
        untilLog("written");
        assertThat(WebStage.onFx(() -> Clipboard.getSystemClipboard().getString()))
                .isEqualTo("M 33 ↔");
    }

    @Test
    void handsFilesOverAndStaysWhereItIs(@TempDir Path folder) throws Exception {
        web.eval("document.getElementById('zip').click()");
        Until.holds("the file is offered", () -> web.downloads.size() == 1);
        Path file = web.downloads
                .get(0)
                .saveTo(folder.resolve(web.downloads.get(0).fileName()), bytes -> {})
                .get(10, TimeUnit.SECONDS);
        assertThat(file).hasFileName("data.zip").hasContent("PK");
        assertThat(web.eval("document.title + early")).isEqualTo("First page1");
        web.eval("let a = document.createElement('a'); a.href = URL.createObjectURL(new Blob(['made here']));"
                + " a.download = 'note.txt'; a.click()");
        Until.holds("the page's own file is offered", () -> web.downloads.size() == 2);
        Path note = folder.resolve("note.txt");
        web.downloads.get(1).saveTo(note, bytes -> {}).get(10, TimeUnit.SECONDS);
        assertThat(web.downloads.get(1).fileName()).isEqualTo("note.txt");
        assertThat(note).hasContent("made here");
        web.eval("a.href = 'data:text/plain,small'; document.body.append(a); a.click()");
        Until.holds("a file in an address is offered", () -> web.downloads.size() == 3);
    }

    @Test
    void opensOtherSitesOutsideAndItsOwnPagesHere() {
        web.eval("document.getElementById('other').click()");
        Until.holds("the link left", () -> web.links.contains(URI.create("https://example.org/x?y")));
        web.eval("window.open('second')");
        web.until("document.title === 'Second page'");
    }

    @Test
    void showsThePageOfAnotherWindowWholeWhenThatWindowIsForgotten() {
        // As notebooks do: the window comes first, its address later.
        web.eval("{ const opened = window.open('', '_blank'); setTimeout(() => { opened.location = 'third'; }); }");
        Until.holds("the page's script is asked for", () -> datazone.seen().stream()
                .anyMatch(request -> request.path().endsWith("part.js")));
        forgetWhatIsUnused();
        scriptMayCome.countDown();
        web.until("document.title === 'Third page' && window.part");
    }

    private static void forgetWhatIsUnused() {
        WeakReference<Object> unused = new WeakReference<>(new Object());
        Until.holds("what is unused is forgotten", () -> {
            System.gc();
            return unused.get() == null;
        });
        // WebKit's objects go on the FX thread, some moments after those that stood for them.
        for (int turn = 0; turn < 20; turn++) {
            WaitForAsyncUtils.waitForFxEvents();
        }
    }

    @Test
    void letsPagesStoreWhatOthersOfTheSessionRead() {
        web.eval("localStorage.setItem('place', 'here')");
        assertThat(web.eval("localStorage.getItem('place')")).isEqualTo("here");
        assertThat(web.eval("{ const other = window.open('second'); typeof other }"))
                .isEqualTo("object");
        web.until("document.title === 'Second page' && localStorage.getItem('place') === 'here'");
    }

    @Test
    void asksWhatThePageAsks() {
        assertThat(web.eval("confirm('sure?') + prompt('name', 'x')")).isEqualTo("truex!");
        web.eval("alert('hello')");
        assertThat(web.asked).containsExactly("confirm sure?", "prompt name", "alert hello");
    }

    @Test
    void comesBackWhenTheSessionAnswersAgain() {
        datazone.respond((request, out) -> {
            throw new IOException("away");
        });
        WebStage.onFx(() -> {
            web.view().reload();
            return true;
        });
        Until.holds("it is lost", () -> web.view().stateProperty().get() instanceof LinkState.Lost);
        datazone.respond(this::answer);
        web.until("document.title === 'First page'");
        Until.holds("it is back", () -> web.view().stateProperty().get() instanceof LinkState.Connected);
    }

    @Test
    void tellsThePathOfThePageThatItShows() {
        assertThat(address()).isEmpty();

        web.eval("history.pushState(null, '', 'lab/tree/a.ipynb?token=secret')");
        Until.holds("the path", () -> address().equals("lab/tree/a.ipynb"));

        web.eval("location.href = '/s/' + location.pathname.split('/')[2] + '/second?x=1'");
        Until.holds("the second page", () -> address().equals("second"));
    }

    private String address() {
        return WebStage.onFx(() -> web.view().addressProperty().get());
    }
}
