package org.datalabs.tour;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;

/** The tour of a datazone on a cluster: TOPCAT and JupyterLab in pods, used in the app's window. */
final class ClusterTour {
    private static final String LAB = "JupyterLab";

    private final URI datazone;
    private final Path state;
    private final Hands hands = new Hands();
    private final Pictures pictures;
    private final Cluster cluster;
    private final Walk walk;

    /** @param namespace of the datazone's sessions */
    ClusterTour(URI datazone, String namespace, Path pictures, Path state, PrintStream out) {
        this.datazone = datazone;
        this.pictures = new Pictures(pictures);
        this.state = state;
        this.cluster = new Cluster(namespace);
        this.walk = new Walk(hands, this.pictures, cluster, out);
    }

    void take() {
        walk.openApp("", "--state", state.toString(), "--datazone", datazone.toString());
        walk.launchTopcat();
        launchJupyterLab();
        walk.seeDashboard(LAB);
        walk.destroyAll();
        walk.closeApp();
        walk.say("all sessions are ended and nothing of them is left on the cluster");
    }

    private void launchJupyterLab() {
        hands.click("#nav-catalogue");
        walk.search("jupyterlab", LAB);
        walk.chooseSettings("light");
        walk.launch(LAB, () -> hands.click("#launch-run"));
        hands.awaitWords("Running", Walk.READY);
        new JupyterLabVisit(hands, pictures, () -> cluster.notebooks(walk.session(LAB))).make();
        walk.say("JupyterLab read the same table with Astropy and plotted it");
    }
}
