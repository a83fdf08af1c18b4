package org.datalabs.tour;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.datalabs.core.session.SessionId;

/** The steps that every tour takes, wherever its sessions run; knows the sessions that it has launched. */
final class Walk {
    static final Duration START = Duration.ofSeconds(90);
    static final Duration READY = Duration.ofMinutes(2);
    static final Duration SETTLE = Duration.ofSeconds(30);
    /** A busy kubelet takes much longer than the program's own end. */
    private static final Duration END = Duration.ofSeconds(90);

    private final Hands hands;
    private final Pictures pictures;
    private final Place place;
    private final PrintStream out;
    private final Map<String, SessionId> sessions = new LinkedHashMap<>();

    Walk(Hands hands, Pictures pictures, Place place, PrintStream out) {
        this.hands = hands;
        this.pictures = pictures;
        this.place = place;
        this.out = out;
    }

    /** @param words of the app's command line */
    void openApp(String datazone, String... words) {
        org.datalabs.desktop.app.Main.main(words);
        Waiting.until("the catalogue shows its first cards", START, () -> hands.sees(".card"));
        hands.awaitWords("Connected to " + datazone, START);
        pictures.take("catalogue");
        say("the catalogue is open");
    }

    void search(String text, String first) {
        hands.fill("#search", text);
        Waiting.until(first + " is the first hit", SETTLE, () -> hands.text(".entry-name")
                .equals(first));
    }

    /** From the entry that is found to the last page of its wizard. */
    void chooseSettings(String preset) {
        hands.click(".card");
        hands.find("#run");
        pictures.take("details");
        hands.click(".arrow-button");
        hands.clickWords("Choose settings…");
        hands.find("#launch-wizard");
        pictures.take("wizard-version");
        hands.click("#wizard-next");
        hands.click("#preset-" + preset);
        pictures.take("wizard-resources");
        hands.click("#wizard-next");
        hands.find("#mount-path-samples");
        pictures.take("wizard-volumes");
        hands.click("#wizard-next");
    }

    void launchTopcat() {
        search("topcat", "TOPCAT");
        pictures.take("search-topcat");
        chooseSettings("small");
        hands.fill("#launch-name", "Messier objects");
        hands.fill("#option-table", "/data/samples/messier.xml");
        pictures.take("wizard-review");
        launch("Messier objects", () -> hands.click("#launch-run"));
        pictures.takeNow("starting");
        hands.find(".desktop-surface");
        hands.awaitWords("Running", READY);
        new TopcatVisit(hands, pictures, place, session("Messier objects")).make();
        say("TOPCAT shows the 110 rows of the Messier table, takes typing and gives its clipboard");
    }

    void launch(String name, Runnable start) {
        List<SessionId> before = place.running();
        start.run();
        SessionId made = Waiting.value(name + " is being started", SETTLE, () -> place.running().stream()
                .filter(session -> !before.contains(session))
                .findFirst());
        sessions.put(name, made);
    }

    SessionId session(String name) {
        SessionId session = sessions.get(name);
        if (session == null) {
            throw new TourFailure(name + " was not launched");
        }
        return session;
    }

    /** Takes it out of the list of what runs. */
    void forget(String name) {
        sessions.remove(name);
    }

    int launched() {
        return sessions.size();
    }

    void seeDashboard(String other) {
        hands.click("#nav-dashboard");
        hands.awaitWords("Messier objects", SETTLE);
        Waiting.until(
                "the dashboard shows both",
                SETTLE,
                () -> hands.sees("#session-card-" + session(other))
                        && hands.sees("#session-card-" + session("Messier objects")));
        pictures.take("dashboard-two-running");
    }

    void destroyAll() {
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
            hands.awaitGone("#session-card-" + session, END);
        }
        hands.awaitWords("No datalabs are running", END);
        pictures.take("dashboard-empty");
        Waiting.until("nothing of any session is left: " + place.ofSessions(), END, () -> place.ofSessions()
                .isEmpty());
    }

    void closeApp() {
        Waiting.onFx(() -> {
            Window window = Stage.getWindows().get(0);
            window.fireEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSE_REQUEST));
            return Boolean.TRUE;
        });
    }

    void say(String what) {
        out.println("Tour: " + what + ".");
    }
}
