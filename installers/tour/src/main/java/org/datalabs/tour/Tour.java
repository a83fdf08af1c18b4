package org.datalabs.tour;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.datalabs.core.session.SessionId;

/** The whole tour of "This computer", step by step, in the order in which a user would go. */
final class Tour {
    private static final List<String> MORE = List.of("SAOImage DS9", "Aladin Desktop", "FileZilla");
    private static final String TO_KILL = "SAOImage DS9";

    private final Path state;
    private final Hands hands = new Hands();
    private final Pictures pictures;
    private final ThisComputer computer;
    private final Walk walk;

    Tour(Path pictures, Path state, PrintStream out) {
        this.pictures = new Pictures(pictures);
        this.state = state;
        this.computer = new ThisComputer(state);
        this.walk = new Walk(hands, this.pictures, computer, out);
    }

    void take() {
        walk.openApp("This computer", "--state", state.toString());
        walk.launchTopcat();
        launchJupyter();
        walk.seeDashboard("Jupyter Notebook");
        launchMore();
        beRefused();
        killOne();
        seeDark();
        hands.click("#session-remove-" + walk.session(TO_KILL));
        walk.forget(TO_KILL);
        walk.destroyAll();
        walk.closeApp();
        Waiting.until("the service has ended with the app", Walk.SETTLE, () -> computer.ofService()
                .isEmpty());
        walk.say("all is ended and nothing is left");
    }

    private void launchJupyter() {
        hands.click("#nav-catalogue");
        walk.search("jupyter notebook", "Jupyter Notebook");
        walk.launch("Jupyter Notebook", () -> hands.click(".play"));
        pictures.takeNow("starting-jupyter");
        hands.click("#nav-dashboard");
        hands.awaitWords("Jupyter Notebook is ready", Walk.READY);
        pictures.take("notification-ready");
        hands.click("#session-open-" + walk.session("Jupyter Notebook"));
        new JupyterVisit(hands, pictures, state.resolve("homes/local")).make();
        walk.say("Jupyter read the same table with Astropy and plotted it");
    }

    private void launchMore() {
        for (String name : MORE) {
            hands.click("#nav-catalogue");
            walk.search(name.toLowerCase(Locale.ROOT), name);
            walk.launch(name, () -> hands.click(".play"));
        }
        hands.click("#nav-dashboard");
        for (String name : MORE) {
            Waiting.until(name + " runs", Walk.READY, () -> hands.sees("#session-open-" + walk.session(name)));
        }
        pictures.take("dashboard-five-running");
        walk.say("five datalabs run");
    }

    private void beRefused() {
        hands.click("#nav-catalogue");
        walk.search("topcat", "TOPCAT");
        hands.click(".card");
        hands.click("#run");
        hands.find("#stop-one");
        hands.awaitWords("You can have five at a time", Walk.SETTLE);
        pictures.take("sixth-refused");
        hands.click("#stop-cancel");
        hands.awaitGone("#stop-one");
        pictures.take("sixth-cancelled");
        if (computer.running().size() != walk.launched()) {
            throw new TourFailure("a sixth session runs: " + computer.running());
        }
        walk.say("the sixth is refused, and says why");
    }

    private void killOne() {
        SessionId victim = walk.session(TO_KILL);
        long program = Sandbox.processesOf(victim).stream()
                .filter(process -> Sandbox.commandLine(process).contains("ds9"))
                .filter(process -> !Sandbox.commandLine(process).contains("bwrap"))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new TourFailure("the program of " + TO_KILL + " was not found"));
        Commands.output(List.of("kill", "-KILL", Long.toString(program)));
        hands.click("#nav-dashboard");
        Waiting.until(TO_KILL + " is shown as failed", Walk.SETTLE, () -> hands.sees("#session-remove-" + victim));
        hands.awaitGone(".toast");
        hands.scrollDown("#session-card-" + victim);
        hands.awaitWords("was ended by signal 9", Walk.SETTLE);
        pictures.take("dashboard-one-failed");
        walk.say("a killed program shows as failed, with its cause");
    }

    private void seeDark() {
        hands.click("#nav-settings");
        hands.click("#scheme-dark");
        pictures.take("settings-dark");
        hands.click("#nav-dashboard");
        hands.find("#quota-strip");
        pictures.take("dashboard-dark");
        hands.click("#nav-settings");
        hands.click("#scheme-light");
        hands.click("#nav-volumes");
        hands.find("#volumes-table");
        pictures.take("volumes");
        hands.click("#nav-dashboard");
    }
}
