package org.datalabs.desktop.session;

import java.util.function.Consumer;
import javafx.scene.input.KeyCombination;
import org.datalabs.core.session.Session;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.session.gateway.Download;
import org.datalabs.desktop.session.link.SessionEnvironment;
import org.datalabs.desktop.session.vnc.DesktopSessionView;
import org.datalabs.desktop.session.vnc.PictureEncoding;
import org.datalabs.desktop.session.web.LinkTarget;
import org.datalabs.desktop.session.web.PageDialogs;
import org.datalabs.desktop.session.web.WebSessionView;

/** Engines that reach real sessions. */
final class LiveEngines implements Engines {
    private final SessionEnvironment environment;
    private final PageDialogs dialogs;
    private final Consumer<Download> downloads;
    private final LinkTarget links;

    LiveEngines(SessionEnvironment environment, PageDialogs dialogs, Consumer<Download> downloads, LinkTarget links) {
        this.environment = environment;
        this.dialogs = dialogs;
        this.downloads = downloads;
        this.links = links;
    }

    @Override
    public DesktopEngine desktop(Datazone datazone, Session session) {
        DesktopSessionView view = new DesktopSessionView(
                new DatazoneConnection(datazone, session.id()), environment, PictureEncoding.TIGHT);
        view.setAppShortcuts(event -> AppKeys.ALL.stream().anyMatch((KeyCombination keys) -> keys.match(event)));
        view.setOnKeyboardReleased(() -> view.getScene().getRoot().requestFocus());
        return new LiveDesktopEngine(view);
    }

    @Override
    public WebEngine web(Datazone datazone, Session session) {
        return new LiveWebEngine(new WebSessionView(
                new DatazoneConnection(datazone, session.id()), environment, dialogs, downloads, links));
    }
}
