package org.datalabs.tour;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.datalabs.core.session.SessionId;

/** The whole tour, step by step, in the order in which a user would go. */
final class Tour {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration SETTLE = Duration.ofSeconds(30);
    private static final List<String> MORE = List.of("SAOImage DS9", "Aladin Desktop", "FileZilla");
    private static final String TO_KILL = "SAOImage DS9";

    private final Path state;
    private final PrintStream out;
    private final Hands hands = new Hands();
    private final Pictures pictures;
    private final Traces traces;
    private final Map<String, SessionId> sessions = new LinkedHashMap<>();

    Tour(Path pictures, Path state, PrintStream out) {
        this.pictures = new Pictures(pictures);
        this.state = state;
        this.out = out;
        this.traces = new Traces(state);
    }

    void take() throws IOException {
        openApp();
        launchTopcat();
        new TopcatVisit(hands, pictures, session("Messier objects")).make();
        say("TOPCAT shows the 110 rows of the Messier table, takes typing and gives its clipboard");
        launchJupyter();
        new JupyterVisit(hands, pictures, state.resolve("homes/local")).make();
        say("Jupyter read the same table with Astropy and plotted it");
        hands.click("#nav-dashboard");
        hands.awaitWords("Messier objects", SETTLE);
        Waiting.until(
                "the dashboard shows both",
                SETTLE,
                () -> hands.sees("#session-card-" + session("Jupyter Notebook"))
                        && hands.sees("#session-card-" + session("Messier objects")));
        pictures.take("dashboard-two-running");
        launchMore();
        beRefused();
        killOne();
        seeDark();
        destroyAll();
        closeApp();
        say("all is ended and nothing is left");
    }

    private void openApp() {
        org.datalabs.desktop.app.Main.main(new String[] {"--state", state.toString()});
        Waiting.until("the catalogue shows its first cards", START, () -> hands.sees(".card"));
        hands.awaitWords("Connected to This computer", START);
        pictures.take("catalogue");
        say("the catalogue is open");
    }

    private void launchTopcat() {
        search("topcat", "TOPCAT");
        pictures.take("search-topcat");
        hands.click(".card");
        hands.find("#run");
        pictures.take("details");
        hands.click(".arrow-button");
        hands.clickWords("Choose settings…");
        hands.find("#launch-wizard");
        pictures.take("wizard-version");
        hands.click("#wizard-next");
        hands.click("#preset-small");
        pictures.take("wizard-resources");
        hands.click("#wizard-next");
        hands.find("#mount-path-samples");
        pictures.take("wizard-volumes");
        hands.click("#wizard-next");
        hands.fill("#launch-name", "Messier objects");
        hands.fill("#option-table", "/data/samples/messier.xml");
        pictures.take("wizard-review");
        launch("Messier objects", () -> hands.click("#launch-run"));
        pictures.takeNow("starting");
        hands.find(".desktop-surface");
        hands.awaitWords("Running", READY);
    }

    private void launchJupyter() {
        hands.click("#nav-catalogue");
        search("jupyter notebook", "Jupyter Notebook");
        launch("Jupyter Notebook", () -> hands.click(".play"));
        pictures.takeNow("starting-jupyter");
        hands.click("#nav-dashboard");
        hands.awaitWords("Jupyter Notebook is ready", READY);
        pictures.take("notification-ready");
        hands.click("#session-open-" + session("Jupyter Notebook"));
    }

    private void launchMore() {
        for (String name : MORE) {
            hands.click("#nav-catalogue");
            search(name.toLowerCase(Locale.ROOT), name);
            launch(name, () -> hands.click(".play"));
        }
        hands.click("#nav-dashboard");
        for (String name : MORE) {
            Waiting.until(name + " runs", READY, () -> hands.sees("#session-open-" + session(name)));
        }
        pictures.take("dashboard-five-running");
        say("five datalabs run");
    }

    private void beRefused() {
        hands.click("#nav-catalogue");
        search("topcat", "TOPCAT");
        hands.click(".card");
        hands.click("#run");
        hands.find("#stop-one");
        hands.awaitWords("You can have five at a time", SETTLE);
        pictures.take("sixth-refused");
        hands.click("#stop-cancel");
        hands.awaitGone("#stop-one");
        pictures.take("sixth-cancelled");
        if (traces.running().size() != sessions.size()) {
            throw new TourFailure("a sixth session runs: " + traces.running());
        }
        say("the sixth is refused, and says why");
    }

    private void killOne() {
        SessionId victim = session(TO_KILL);
        long program = Sandbox.processesOf(victim).stream()
                .filter(process -> Sandbox.commandLine(process).contains("ds9"))
                .filter(process -> !Sandbox.commandLine(process).contains("bwrap"))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new TourFailure("the program of " + TO_KILL + " was not found"));
        Commands.output(List.of("kill", "-KILL", Long.toString(program)));
        hands.click("#nav-dashboard");
        Waiting.until(TO_KILL + " is shown as failed", SETTLE, () -> hands.sees("#session-remove-" + victim));
        hands.awaitGone(".toast");
        hands.scrollDown("#session-card-" + victim);
        hands.awaitWords("was ended by signal 9", SETTLE);
        pictures.take("dashboard-one-failed");
        say("a killed program shows as failed, with its cause");
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

    private void destroyAll() {
        hands.click("#session-remove-" + session(TO_KILL));
        sessions.remove(TO_KILL);
        boolean pictured = false;
        for (SessionId session : new ArrayList<>(sessions.values())) {
            Waiting.insist(
                    "the menu is open", () -> hands.click("#session-menu-" + session), () -> hands.reads("Destroy"));
            hands.clickWords("Destroy");
            hands.awaitWords("Destroy datalab", SETTLE);
            if (!pictured) {
                pictures.take("destroy-confirmation");
                pictured = true;
            }
            hands.clickWords("Destroy datalab");
            hands.awaitGone("#session-card-" + session);
        }
        hands.awaitWords("No datalabs are running", SETTLE);
        pictures.take("dashboard-empty");
        Waiting.until("nothing of any session is left: " + traces.ofSessions(), SETTLE, () -> traces.ofSessions()
                .isEmpty());
    }

    private void closeApp() {
        Waiting.onFx(() -> {
            Window window = Stage.getWindows().get(0);
            window.fireEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSE_REQUEST));
            return Boolean.TRUE;
        });
        Waiting.until("the service has ended with the app", SETTLE, () -> traces.ofService()
                .isEmpty());
    }

    private void search(String text, String first) {
        hands.fill("#search", text);
        Waiting.until(first + " is the first hit", SETTLE, () -> hands.text(".entry-name")
                .equals(first));
    }

    private void launch(String name, Runnable start) {
        List<SessionId> before = traces.running();
        start.run();
        SessionId made = Waiting.value(name + " is being started", SETTLE, () -> traces.running().stream()
                .filter(session -> !before.contains(session))
                .findFirst());
        sessions.put(name, made);
    }

    private SessionId session(String name) {
        SessionId session = sessions.get(name);
        if (session == null) {
            throw new TourFailure(name + " was not launched");
        }
        return session;
    }

    private void say(String what) {
        out.println("Tour: " + what + ".");
    }
}
