package org.datalabs.tour;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** JupyterLab in its tab: a notebook is written and run, checked in the saved file. */
final class JupyterLabVisit {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String IMAGE = "document.querySelector('.jp-OutputArea-output img')";
    private static final String NOTEBOOK = ".jp-LauncherCard[data-category=\"Notebook\"]";

    private final Hands hands;
    private final Pictures pictures;
    private final Page page;
    private final Supplier<List<String>> saved;

    /** @param saved contents of the notebooks in the session's home */
    JupyterLabVisit(Hands hands, Pictures pictures, Supplier<List<String>> saved) {
        this.hands = hands;
        this.pictures = pictures;
        this.page = new Page(hands);
        this.saved = saved;
    }

    void make() {
        page.await("the launcher is shown", Page.isShown(NOTEBOOK));
        pictures.take("jupyterlab");
        page.click(NOTEBOOK);
        page.await(
                "the kernel is idle",
                "document.querySelector('.jp-Notebook-ExecutionIndicator[data-status=\"idle\"]') !== null");
        page.click(".jp-Notebook .cm-content");
        Notebook.type(hands);
        hands.press("ctrl+Return");
        page.await("the plot is shown", IMAGE + " !== null && " + IMAGE + ".naturalWidth > 0");
        pictures.take("jupyterlab-plot");
        hands.press("ctrl+s");
        // The first time it asks for a name, and offers one.
        page.click(".jp-Dialog .jp-mod-accept");
        Waiting.until("the saved notebook holds the plot and the count", PATIENCE, () -> saved.get().stream()
                .anyMatch(Notebook::holdsResult));
    }
}
