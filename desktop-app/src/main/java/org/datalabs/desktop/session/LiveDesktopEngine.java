package org.datalabs.desktop.session;

import java.time.Duration;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.layout.Region;
import org.datalabs.desktop.session.link.LinkState;
import org.datalabs.desktop.session.vnc.DesktopSessionView;
import org.datalabs.desktop.session.vnc.ScaleMode;
import org.datalabs.desktop.session.vnc.SpecialKeys;
import org.jspecify.annotations.Nullable;

/** A desktop datalab over RFB. */
final class LiveDesktopEngine implements DesktopEngine {
    private final DesktopSessionView view;

    LiveDesktopEngine(DesktopSessionView view) {
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
        view.retryNow();
    }

    @Override
    public void setActive(boolean active) {
        view.activeProperty().set(active);
    }

    @Override
    public ReadOnlyObjectProperty<@Nullable Duration> roundTripProperty() {
        return view.roundTripProperty();
    }

    @Override
    public ObjectProperty<ScaleMode> scaleModeProperty() {
        return view.scaleModeProperty();
    }

    @Override
    public BooleanProperty grabKeysProperty() {
        return view.grabKeysProperty();
    }

    @Override
    public void sendKeys(SpecialKeys keys) {
        view.sendKeys(keys);
        view.requestFocus();
    }

    @Override
    public ReadOnlyStringProperty remoteTextProperty() {
        return view.remoteTextProperty();
    }

    @Override
    public BooleanProperty shareClipboardProperty() {
        return view.shareClipboardProperty();
    }

    @Override
    public void copyToThisComputer() {
        view.copyToThisComputer();
    }

    @Override
    public void pasteIntoDesktop() {
        view.pasteIntoDesktop();
        view.requestFocus();
    }
}
