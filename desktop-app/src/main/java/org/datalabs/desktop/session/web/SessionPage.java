package org.datalabs.desktop.session.web;

import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.concurrent.Worker;
import javafx.scene.input.KeyEvent;
import javafx.scene.web.PopupFeatures;
import javafx.scene.web.PromptData;
import javafx.scene.web.WebEngine;
import javafx.scene.web.WebView;
import netscape.javascript.JSException;
import netscape.javascript.JSObject;
import org.datalabs.desktop.session.gateway.SessionGateway;
import org.datalabs.desktop.session.link.SessionAccess;
import org.datalabs.desktop.session.link.SessionEnvironment;
import org.jspecify.annotations.Nullable;

/** The WebView of a session with its bridge, dialogs and pop-ups. FX thread only. */
final class SessionPage {
    private static final String ASKS_FOR_BRIDGE = "__datalabs_bridge__";

    private final SessionGateway gateway;
    private final PageStorage storage;
    private final SessionAccess access;
    private final SessionEnvironment environment;
    private final PageDialogs dialogs;
    private final LinkTarget links;
    private final WebView view = new WebView();
    private final WebEngine engine = view.getEngine();
    private final KeyNames keys = new KeyNames();
    private final Set<WebEngine> openingPopups = new HashSet<>();
    // WebKit holds it weakly: while its page lives it must be held here.
    private @Nullable PageBridge bridge;

    SessionPage(
            SessionGateway gateway,
            PageStorage storage,
            SessionAccess access,
            SessionEnvironment environment,
            PageDialogs dialogs,
            LinkTarget links) {
        this.gateway = gateway;
        this.storage = storage;
        this.access = access;
        this.environment = environment;
        this.dialogs = dialogs;
        this.links = links;
        engine.setUserDataDirectory(storage.folder().toFile());
        view.addEventFilter(KeyEvent.ANY, keys::handling);
        engine.setOnAlert(event -> dialogs.alert(event.getData()));
        engine.setConfirmHandler(dialogs::confirm);
        engine.setPromptHandler(this::prompt);
        engine.setCreatePopupHandler(this::popup);
    }

    WebView view() {
        return view;
    }

    StringBinding titleProperty() {
        return Bindings.createStringBinding(
                () -> Optional.ofNullable(engine.getTitle()).orElse(""), engine.titleProperty());
    }

    StringBinding addressProperty() {
        return Bindings.createStringBinding(
                () -> PageAddress.shown(engine.getLocation(), gateway.origin(), gateway.root()),
                engine.locationProperty());
    }

    BooleanBinding loadingProperty() {
        return engine.getLoadWorker().stateProperty().isEqualTo(Worker.State.RUNNING);
    }

    void load(URI address) {
        engine.load(address.toString());
    }

    void reload() {
        engine.reload();
    }

    void back() {
        if (engine.getHistory().getCurrentIndex() > 0) {
            engine.getHistory().go(-1);
        }
    }

    @Nullable
    Object execute(String script) {
        return engine.executeScript(script);
    }

    void close() {
        dropBridge();
        engine.load(null);
    }

    private void dropBridge() {
        PageBridge before = bridge;
        if (before != null) {
            before.drop();
        }
        bridge = null;
    }

    /** WebView has no hook at a document's start; a question is the one call that is answered while a script runs. */
    private @Nullable String prompt(PromptData question) {
        if (ASKS_FOR_BRIDGE.equals(question.getMessage())) {
            installBridge();
            return "";
        }
        return dialogs.prompt(question.getMessage(), question.getDefaultValue()).orElse(null);
    }

    private void installBridge() {
        dropBridge();
        PageBridge[] mine = new PageBridge[1];
        PageBridge fresh = new PageBridge(gateway, access, environment, keys, (socket, kind, first, second) -> {
            if (bridge == mine[0]) {
                deliver(socket, kind, first, second);
            }
        });
        mine[0] = fresh;
        bridge = fresh;
        ((JSObject) engine.executeScript("window")).setMember("__datalabsBridge", fresh);
    }

    /** The window is fetched anew each time: a kept one throws once WebKit has moved on. */
    private void deliver(String socket, String kind, Object first, Object second) {
        try {
            Object shim = ((JSObject) engine.executeScript("window")).getMember("__datalabsShim");
            if (shim instanceof JSObject page) {
                page.call("deliver", socket, kind, first, second);
            }
        } catch (JSException failed) {
            // The page's own listener threw; WebKit has told the page.
            System.getLogger(SessionPage.class.getName())
                    .log(System.Logger.Level.DEBUG, "A page's socket listener failed.", failed);
        }
    }

    /** A window that a page opens: pages of the session open here, others in the system's browser. */
    private WebEngine popup(PopupFeatures features) {
        WebEngine opening = new WebEngine();
        opening.setUserDataDirectory(storage.folder().toFile());
        openingPopups.add(opening);
        opening.locationProperty().subscribe(address -> {
            boolean somewhere = address != null && !address.isEmpty() && !address.startsWith("about:");
            if (somewhere && openingPopups.remove(opening)) {
                Platform.runLater(() -> take(opening, address));
            }
        });
        return opening;
    }

    /**
     * Ends a new window and goes where it went. WebKit can end it only after it told of its address, and must before the
     * page is loaded here: of two that load the same thing at once, the one to go takes it from the other.
     */
    private void take(WebEngine opening, String address) {
        opening.getLoadWorker().cancel();
        go(address);
    }

    private void go(String address) {
        if (address.startsWith(gateway.origin() + "/")) {
            engine.load(address);
        } else if (address.startsWith("http://") || address.startsWith("https://")) {
            try {
                links.open(URI.create(address));
            } catch (IllegalArgumentException e) {
                dialogs.alert("This link cannot be opened: " + address);
            }
        }
    }
}
