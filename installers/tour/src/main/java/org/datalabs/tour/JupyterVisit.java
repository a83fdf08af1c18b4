package org.datalabs.tour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Jupyter Notebook in its tab: a notebook is written and run, checked in the saved file. */
final class JupyterVisit {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String NEW = "#new-buttons .dropdown-toggle";
    private static final String KERNEL = "#kernel-python3 a";
    private static final String IMAGE = "document.querySelector('.output_png img, .output_subarea img')";

    private final Hands hands;
    private final Pictures pictures;
    private final Path home;
    private final Page page;

    JupyterVisit(Hands hands, Pictures pictures, Path home) {
        this.hands = hands;
        this.pictures = pictures;
        this.home = home;
        this.page = new Page(hands);
    }

    void make() {
        page.await("the list of files is shown", Page.isShown(NEW));
        pictures.take("jupyter");
        Waiting.insist(
                "a notebook is opened",
                this::openNotebook,
                () -> page.holds("document.querySelector('#notebook-container') !== null"));
        page.await("the kernel is idle", "document.querySelector('.kernel_idle_icon') !== null");
        page.click(".CodeMirror");
        Notebook.type(hands);
        hands.press("ctrl+Return");
        page.await("the plot is shown", IMAGE + " !== null && " + IMAGE + ".naturalWidth > 0");
        pictures.take("jupyter-plot");
        hands.press("ctrl+s");
        Waiting.until("the saved notebook holds the plot and the count", PATIENCE, this::isSaved);
    }

    /** Does nothing once the list of files is gone: on a busy machine the notebook is still on its way then. */
    private void openNotebook() {
        if (!page.holds(Page.isShown(KERNEL))) {
            page.clickIfShown(NEW);
        }
        page.await("the kernels to choose from are shown", Page.isShown(KERNEL) + " || !(" + Page.isShown(NEW) + ")");
        page.clickIfShown(KERNEL);
    }

    private boolean isSaved() {
        try (Stream<Path> files = Files.list(home)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(".ipynb") && Notebook.holdsResult(Files.readString(file))) {
                    return true;
                }
            }
            return false;
        } catch (NoSuchFileException beingSaved) {
            // Jupyter writes another file first, and gives it this one's name at last.
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
