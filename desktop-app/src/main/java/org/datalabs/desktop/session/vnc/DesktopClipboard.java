package org.datalabs.desktop.session.vnc;

import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.stage.Window;

/**
 * Keeps this computer's clipboard and the desktop's together. The desktop's text comes when it is copied; this computer's
 * is read when the desktop gets the focus, since JavaFX tells of no change. FX thread only.
 */
final class DesktopClipboard {
    private static final int LONGEST = ExtendedClipboard.MAX_TEXT / 4;

    private final Consumer<String> offer;
    private final BooleanProperty share = new SimpleBooleanProperty(this, "shareClipboard", true);
    private final ReadOnlyStringWrapper remoteText = new ReadOnlyStringWrapper(this, "remoteText", "");
    private String shared = "";
    private boolean open = true;

    DesktopClipboard(Consumer<String> offer) {
        this.offer = offer;
    }

    ReadOnlyStringProperty remoteTextProperty() {
        return remoteText.getReadOnlyProperty();
    }

    BooleanProperty shareProperty() {
        return share;
    }

    void attach(Node node) {
        // A node keeps its focus while its window has none: both count.
        ObservableValue<Boolean> windowFocused = node.sceneProperty()
                .flatMap(Scene::windowProperty)
                .flatMap(Window::focusedProperty)
                .orElse(false);
        ChangeListener<Boolean> onFocus = (property, before, now) -> {
            if (node.isFocused() && windowFocused.getValue() && share.get() && open) {
                pasteIntoDesktop();
            }
        };
        node.focusedProperty().addListener(onFocus);
        windowFocused.addListener(onFocus);
    }

    void copied(String text) {
        remoteText.set(text);
        if (share.get() && open && !text.equals(shared)) {
            copyToThisComputer();
        }
    }

    void copyToThisComputer() {
        shared = remoteText.get();
        Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, shared));
    }

    /** Offers this computer's text if it is new. */
    void pasteIntoDesktop() {
        String text = Clipboard.getSystemClipboard().getString();
        if (text != null && !text.isEmpty() && !text.equals(shared) && text.length() <= LONGEST) {
            shared = text;
            offer.accept(text);
        }
    }

    /** A new connection knows nothing of what was offered before. */
    void offerAgain() {
        if (share.get() && !shared.isEmpty()) {
            offer.accept(shared);
        }
    }

    void close() {
        open = false;
    }
}
