package org.datalabs.tour;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.web.WebView;

/** Jupyter in its tab: a notebook that reads the Messier table with Astropy and plots it, checked in the saved file. */
final class JupyterVisit {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> CELL = List.of(
            "from astropy.table import Table",
            "import matplotlib.pyplot as plt",
            "t = Table.read('/data/samples/messier.xml')",
            "plt.scatter(t['RA'], t['DEC'])",
            "plt.show()",
            "print('rows', len(t))");

    private final Hands hands;
    private final Pictures pictures;
    private final Path home;

    JupyterVisit(Hands hands, Pictures pictures, Path home) {
        this.hands = hands;
        this.pictures = pictures;
        this.home = home;
    }

    void make() {
        await("the list of files is shown", isShown("#new-buttons .dropdown-toggle"));
        pictures.take("jupyter");
        Waiting.insist(
                "a notebook is opened",
                () -> {
                    if (!evaluate(isShown("#kernel-python3 a")).equals(true)) {
                        clickElement("#new-buttons .dropdown-toggle");
                    }
                    clickElement("#kernel-python3 a");
                },
                () -> evaluate("document.querySelector('#notebook-container') !== null")
                        .equals(true));
        await("the kernel is idle", "document.querySelector('.kernel_idle_icon') !== null");
        clickElement(".CodeMirror");
        for (String line : CELL) {
            hands.type(line);
            hands.press("Return");
        }
        hands.press("ctrl+Return");
        await(
                "the plot is shown",
                "document.querySelector('.output_png img, .output_subarea img') !== null"
                        + " && document.querySelector('.output_png img, .output_subarea img').naturalWidth > 0");
        pictures.take("jupyter-plot");
        hands.press("ctrl+s");
        Waiting.until("the saved notebook holds the plot and the count", PATIENCE, this::isSaved);
    }

    private boolean isSaved() {
        try (Stream<Path> files = Files.list(home)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(".ipynb") && holdsResult(file)) {
                    return true;
                }
            }
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean holdsResult(Path file) throws IOException {
        JsonNode outputs;
        try {
            outputs = new ObjectMapper().readTree(file.toFile()).at("/cells/0/outputs");
        } catch (JsonProcessingException halfWritten) {
            return false;
        }
        boolean plotted = false;
        boolean counted = false;
        for (JsonNode output : outputs) {
            plotted |= output.at("/data").has("image/png");
            counted |= output.at("/text").toString().contains("rows 110");
        }
        return plotted && counted;
    }

    private void await(String what, String condition) {
        Waiting.until(what, PATIENCE, () -> Boolean.TRUE.equals(evaluate(condition)));
    }

    private static String isShown(String selector) {
        String element = "document.querySelector('" + selector + "')";
        return element + " !== null && " + element + ".getBoundingClientRect().width > 0";
    }

    /** Clicks the middle of the first element that the page shows for a CSS selector. */
    private void clickElement(String selector) {
        String quoted = "document.querySelector('" + selector + "')";
        await(selector + " is shown", isShown(selector));
        String place = String.valueOf(evaluate("(function() { var r = " + quoted
                + ".getBoundingClientRect(); return (r.left + r.width / 2) + ' ' + (r.top + r.height / 2); })()"));
        String[] middle = place.toLowerCase(Locale.ROOT).split(" ", 2);
        Bounds page = hands.bounds(webView());
        hands.clickAt((int) (page.getMinX() + Double.parseDouble(middle[0])), (int)
                (page.getMinY() + Double.parseDouble(middle[1])));
    }

    private Object evaluate(String script) {
        WebView view = webView();
        return Optional.ofNullable(Waiting.onFx(() -> view.getEngine().executeScript(script)))
                .orElse("");
    }

    private WebView webView() {
        Node node = hands.find(".web-view");
        if (node instanceof WebView view) {
            return view;
        }
        throw new TourFailure("the web view is a " + node.getClass());
    }
}
