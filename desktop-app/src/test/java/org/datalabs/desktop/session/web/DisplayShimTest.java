package org.datalabs.desktop.session.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.datalabs.desktop.session.real.SmallDatazone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/**
 * Each drawing is done on a canvas of the page and on one of an empty frame, where WebKit is as it was. Whatever the page
 * reads, and what WebKit shows in the end, must be the same.
 *
 * <p>In two things the frame is helped to follow the HTML standard. A canvas is copied onto itself by way of another, since
 * JavaFX's WebKit reads what it has just written where both areas meet. Canvases are read before and after one is drawn on
 * the other, since WebKit otherwise forgets what it had queued for the one, and draws what only later comes into it. A
 * canvas that is painted on the page forgets its queue, too.
 */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class DisplayShimTest {
    private static final String PAGE = """
            <!DOCTYPE html><html><head><title>Canvas</title></head><body><iframe id="plain"></iframe><script>
            const plain = document.getElementById('plain').contentWindow;
            const plainRead = plain.CanvasRenderingContext2D.prototype.getImageData;
            ['drawImage', 'createPattern'].forEach(name => {
              const context = plain.CanvasRenderingContext2D.prototype, native = context[name];
              context[name] = function (source, ...rest) {
                const read = context => plainRead.call(context, 0, 0, 1, 1);
                if (source.getContext) read(source.getContext('2d'));
                const pattern = native.call(this, source, ...rest);
                read(this);
                return pattern;
              };
            });
            const isHeld = canvas => __datalabsShim.held.has(canvas);
            const picture = src => new Promise(done => { const i = new Image(); i.onload = () => done(i); i.src = src; });
            function noise(w, h, seed, alpha = 255) {
              const data = new ImageData(w, h);
              for (let i = 0; i < data.data.length; i++) {
                seed = Math.imul(seed, 1103515245) + 12345 & 0x7fffffff;
                data.data[i] = i % 4 === 3 ? alpha : seed >> 16 & 255;
              }
              return data;
            }
            const canvas = (d, w, h) => Object.assign(d.createElement('canvas'), {width: w, height: h});
            async function drawn(d, drawing) {
              const c = canvas(d, 120, 90), x = c.getContext('2d'), b = canvas(d, 120, 90), bx = b.getContext('2d');
              d.body.append(c);
              for (const seed of [1, 2]) { x.putImageData(noise(120, 90, seed), 0, 0); bx.putImageData(noise(120, 90, seed + 2), 0, 0); }
              const move = (on, ...area) => {
                let from = on.canvas;
                if (d !== document) {
                  from = canvas(d, 120, 90);
                  from.getContext('2d').putImageData(plainRead.call(on, 0, 0, 120, 90), 0, 0);
                }
                on.drawImage(from, ...area);
              };
              drawing({d, move, c, x, b, bx, jpeg: await jpeg, png: await png});
              return {c, x, b};
            }
            const differences = (one, other) => {
              let count = one.length === other.length ? 0 : -1;
              for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) count++;
              return count;
            };
            const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
            let result = null;
            async function compare(drawing) {
              const there = await drawn(plain.document, drawing);
              const wanted = plainRead.call(there.x, 0, 0, there.c.width, there.c.height).data;
              const read = await drawn(document, drawing);
              const asRead = differences(wanted, read.x.getImageData(0, 0, read.c.width, read.c.height).data);
              const shown = await drawn(document, drawing);
              if (!isHeld(shown.c)) plainRead.call(shown.x, 0, 0, 1, 1);
              await frame();
              const asShown = differences(wanted, plainRead.call(shown.x, 0, 0, shown.c.width, shown.c.height).data);
              result = `read ${asRead} shown ${asShown} ${isHeld(shown.c) ? 'held' : 'not held'}`;
            }
            const jpeg = picture('data:image/jpeg;base64,JPEG'), png = picture('data:image/png;base64,PNG');
            const start = f => { result = null; f().catch(e => { result = String(e); }); };
            </script></body></html>
            """;

    private Stage stage;
    private SmallDatazone datazone;
    private WebStage web;

    @Start
    void start(Stage primary) {
        stage = primary;
    }

    @BeforeEach
    void open() throws Exception {
        String page = PAGE.replace("JPEG", base64("jpeg", BufferedImage.TYPE_INT_RGB))
                .replace("PNG", base64("png", BufferedImage.TYPE_INT_ARGB));
        datazone = new SmallDatazone(null);
        datazone.respond((request, out) -> respond(out, page));
        web = new WebStage(stage, datazone);
        web.until("document.readyState === 'complete' && typeof compare === 'function'");
    }

    @AfterEach
    void close() throws Exception {
        web.close();
        datazone.close();
    }

    private static void respond(OutputStream out, String page) throws IOException {
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        SmallDatazone.head(out, "200 OK", Map.of("Content-Type", "text/html", "Content-Length", "" + body.length));
        out.write(body);
    }

    /** A picture of 32 × 24 pixels; with alpha it is half transparent. */
    private static String base64(String format, int type) throws IOException {
        BufferedImage image = new BufferedImage(32, 24, type);
        for (int i = 0; i < 32 * 24; i++) {
            image.setRGB(i % 32, i / 32, 0x80_000000 | i * 0x050301);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private String result(String script) {
        web.eval("start(async () => {" + script + "}); 1");
        web.until("result !== null");
        return web.eval("result");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x.putImageData(noise(30, 20, 9), 7, 8) | held",
                "x.putImageData(noise(30, 20, 9), -7, -8); x.putImageData(noise(30, 20, 5), 110, 80) | held",
                "x.putImageData(noise(30, 20, 9), 500, 500) | held",
                "x.putImageData(noise(30, 20, 9), 7, 8, 3, 4, 10, 5) | held",
                "x.putImageData(noise(30, 20, 9), 7.5, 8) | held",
                "x.putImageData(noise(30, 20, 9, 77), 7, 8); x.putImageData(noise(9, 9, 5, 0), 20, 20) | held",
                "x.fillStyle = '#4080c0'; x.fillRect(10, 20, 30, 40); x.fillStyle = 'red'; x.fillRect(-5, -5, 9, 9) | held",
                "x.fillStyle = '#4080c0'; x.fillRect(40, 50, -30, -40); x.fillRect(10.5, 3.25, 20, 20) | held",
                "x.fillStyle = 'rgba(9, 200, 9, 0.3)'; x.fillRect(10, 20, 30, 40) | held",
                "const g = x.createLinearGradient(0, 0, 99, 0); g.addColorStop(0, 'red'); g.addColorStop(1, 'blue');"
                        + " x.fillStyle = g; x.fillRect(10, 20, 30, 40) | held",
                "move(x, 10, 10, 60, 50, 20, 25, 60, 50) | held",
                "move(x, 20, 25, 60, 50, 10, 10, 60, 50); move(x, 10, 10, 60, 50, 13, 10, 60, 50) | held",
                "move(x, 10, 10, 60, 50, 7, 10, 60, 50); move(x, 0, 0, 20, 20, 110, 80, 20, 20) | held",
                "x.drawImage(b, 10, 10, 60, 50, 20, 25, 60, 50); x.drawImage(b, 3, 4) | held",
                "x.imageSmoothingEnabled = false; x.drawImage(b, 0, 0, 60, 45, 0, 0, 120, 90) | held",
                "x.drawImage(b, 0, 0, 60, 45, 10, 10, 90, 33.3) | held",
                "bx.putImageData(noise(40, 40, 6, 0), 20, 20); x.drawImage(b, 0, 0) | held",
                "bx.putImageData(noise(40, 40, 6, 99), 20, 20); x.drawImage(b, 0, 0) | held",
                "x.putImageData(noise(40, 40, 6, 0), 20, 20); move(x, 10, 10, 60, 50, 20, 25, 60, 50) | held",
                "x.drawImage(jpeg, 5, 6); x.drawImage(jpeg, 20, 20); x.fillRect(8, 8, 5, 5) | held",
                "x.drawImage(jpeg, 5, 6); move(x, 0, 0, 40, 40, 50, 40, 40, 40); x.drawImage(jpeg, 60, 50) | held",
                "x.drawImage(jpeg, 100, 80); x.drawImage(jpeg, 1, 2, 64, 20) | held",
                "bx.drawImage(jpeg, 5, 6); x.drawImage(b, 0, 0) | held",
                "x.drawImage(png, 5, 6); x.drawImage(png, 5.5, 40) | held",
                "c.width = 100; x.putImageData(noise(30, 20, 9), 7, 8) | held",
                "x.putImageData(noise(30, 20, 9), 7, 8); c.height = 90; x.fillRect(1, 2, 30, 40) | not held",
                "c.setAttribute('width', '120'); x.putImageData(noise(30, 20, 9), 7, 8) | held",
                "x.fillRect(0, 0, 9, 9); x.scale(2, 2); x.fillRect(10, 10, 20, 20) | not held",
                "x.globalAlpha = 0.5; x.drawImage(b, 0, 0); x.fillRect(0, 0, 50, 50) | not held",
                "x.globalCompositeOperation = 'destination-over'; x.putImageData(noise(9, 9, 8, 0), 0, 0); x.drawImage(b, 0, 0)"
                        + " | not held",
                "x.fillRect(3, 3, 9, 9); x.clearRect(5, 5, 20, 20); x.drawImage(b, 60, 60) | not held",
                "x.save(); x.beginPath(); x.rect(10, 10, 30, 30); x.clip(); x.drawImage(b, 0, 0); x.restore() | not held",
                "x.fillText('Sirius', 20, 40); x.putImageData(noise(30, 20, 9), 7, 8) | not held",
                "bx.fillRect(0, 0, 30, 30); x.fillStyle = x.createPattern(b, 'repeat'); x.fillRect(5, 5, 80, 80) | held",
                "bx.putImageData(noise(30, 20, 9), 7, 8); const f = canvas(d, 120, 90), fx = f.getContext('2d'); fx.scale(1, 1);"
                        + " fx.drawImage(b, 0, 0); x.drawImage(f, 0, 0) | held",
                "for (let i = 0; i < 40; i++) x.fillRect(i + 0.5, 3, 20, 20) | not held",
            })
    void drawsAsWebKitDoes(String drawing, String held) {
        assertThat(result("await compare(({d, move, c, x, b, bx, jpeg, png}) => {" + drawing + "})"))
                .isEqualTo("read 0 shown 0 " + held);
    }

    @Test
    void drawsAtRandomAsWebKitDoes() {
        assertThat(result("""
                        await compare(({move, x, b, bx, jpeg}) => {
                          let seed = 11;
                          const next = n => ((seed = Math.imul(seed, 1103515245) + 12345 & 0x7fffffff) >> 9) % n;
                          for (let i = 0; i < 400; i++) {
                            const on = next(3) ? bx : x, w = 1 + next(50), h = 1 + next(40);
                            const a = [next(70), next(50), w, h, next(70), next(50), w, h];
                            switch (next(6)) {
                              case 0: on.putImageData(noise(w, h, i), next(140) - 20, next(110) - 20); break;
                              case 1: on.fillStyle = `rgb(${next(256)},${next(256)},7)`; on.fillRect(a[0], a[1], w, h); break;
                              case 2: move(on, ...a); break;
                              case 3: on.drawImage(jpeg, next(88), next(66)); break;
                              default: x.drawImage(b, ...a);
                            }
                          }
                        })""")).isEqualTo("read 0 shown 0 held");
    }

    @Test
    void givesReadersWhatWasDrawn() {
        assertThat(result("""
                        const there = await drawn(plain.document, ({x}) => x.fillRect(9, 9, 50, 50));
                        const here = await drawn(document, ({x}) => x.fillRect(9, 9, 50, 50));
                        const before = [isHeld(here.c), here.c.toDataURL() === there.c.toDataURL()];
                        here.x.fillRect(60, 60, 9, 9);
                        there.x.fillRect(60, 60, 9, 9);
                        const blob = await new Promise(done => here.c.toBlob(done));
                        const image = await picture(URL.createObjectURL(blob));
                        result = [...before, image.width].join();""")).isEqualTo("true,true,120");
    }

    @Test
    void showsACanvasThatComesIntoTheDocumentLater() {
        assertThat(result("""
                        const there = await drawn(plain.document, ({bx}) => bx.fillRect(9, 9, 50, 50));
                        const here = await drawn(document, ({bx}) => bx.fillRect(9, 9, 50, 50));
                        const wanted = plainRead.call(there.b.getContext('2d'), 0, 0, 120, 90).data;
                        const context = here.b.getContext('2d');
                        document.body.append(here.b);
                        context.fillRect(0, 0, 1, 1);
                        there.b.getContext('2d').fillRect(0, 0, 1, 1);
                        while (differences(plainRead.call(there.b.getContext('2d'), 0, 0, 120, 90).data,
                            plainRead.call(context, 0, 0, 120, 90).data)) await frame();
                        result = 'same';""")).isEqualTo("same");
    }

    @Test
    void leavesOtherCanvasesAlone() {
        assertThat(result("""
                        const c = canvas(document, 50, 50), x = c.getContext('2d');
                        x.fillRect(0, 0, 9, 9);
                        x.putImageData(noise(9, 9, 3), 0, 0);
                        const once = isHeld(c);
                        const chart = canvas(document, 50, 50), cx = chart.getContext('2d');
                        cx.translate(0.5, 0.5);
                        for (let i = 0; i < 9; i++) cx.putImageData(noise(9, 9, i), i, i);
                        result = [once, isHeld(chart), x.fillRect.length, x.drawImage.name].join();""")).isEqualTo("false,false,4,drawImage");
    }

    @Test
    void passesWebKitsErrorsOn() {
        assertThat(result("""
                        const names = [];
                        const tries = [x => x.putImageData(7, 0, 0), x => x.putImageData(noise(2, 2, 1), NaN, 0), x => x.drawImage({}, 0, 0),
                          x => x.fillRect(1), x => CanvasRenderingContext2D.prototype.fillRect.call({}, 1, 2, 3, 4)];
                        const {x} = await drawn(document, () => {});
                        const other = (await drawn(plain.document, () => {})).x;
                        const named = (run, on) => { try { run(on); return 'none'; } catch (e) { return e.name; } };
                        tries.forEach(run => { if (named(run, x) !== named(run, other)) names.push(String(run)); });
                        result = names.join('; ') || 'same';""")).isEqualTo("same");
    }
}
