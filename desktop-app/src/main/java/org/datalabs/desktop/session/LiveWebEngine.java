package org.datalabs.desktop.session;

import java.net.URI;
import java.util.concurrent.CompletionStage;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.layout.Region;
import org.datalabs.desktop.session.link.LinkState;
import org.datalabs.desktop.session.web.WebSessionView;

/** A web datalab in a WebView. */
final class LiveWebEngine implements WebEngine {
    private final WebSessionView view;

    LiveWebEngine(WebSessionView view) {
        this.view = view;
    }

    @Override
    public Region node() {
        return view;
    }

    @Override
    public void start() {
        view.start();
    }

    @Override
    public void close() {
        view.close();
    }

    @Override
    public ReadOnlyObjectProperty<LinkState> stateProperty() {
        return view.stateProperty();
    }

    @Override
    public void retryNow() {
        view.reload();
    }

    /** A page goes on while it is hidden: programs in it may compute. */
    @Override
    public void setActive(boolean active) {}

    @Override
    public void back() {
        view.back();
    }

    @Override
    public void reload() {
        view.reload();
    }

    @Override
    public DoubleProperty zoomProperty() {
        return view.zoomProperty();
    }

    @Override
    public ReadOnlyStringProperty titleProperty() {
        return view.titleProperty();
    }

    @Override
    public ReadOnlyStringProperty addressProperty() {
        return view.addressProperty();
    }

    @Override
    public CompletionStage<URI> browserAddress() {
        return view.browserAddress();
    }
}
