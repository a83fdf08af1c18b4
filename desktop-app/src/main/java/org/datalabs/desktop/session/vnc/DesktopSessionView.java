package org.datalabs.desktop.session.vnc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Dimension2D;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.desktop.session.link.LinkState;
import org.datalabs.desktop.session.link.SessionAccess;
import org.datalabs.desktop.session.link.SessionConnection;
import org.datalabs.desktop.session.link.SessionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * A desktop datalab in the window: its picture, keyboard, pointer and clipboard. Connects on {@link #start()}, reconnects by
 * itself, and ends on {@link #close()}. FX thread only; nothing here blocks it.
 */
public final class DesktopSessionView extends StackPane implements AutoCloseable {
    private final DesktopScreen screen;
    private final DesktopLink link;
    private final DesktopClipboard clipboard;
    private final DesktopKeyboard keyboard;
    private final BooleanProperty active = new SimpleBooleanProperty(this, "active", true);
    private final BooleanProperty viewOnly = new SimpleBooleanProperty(this, "viewOnly", false);
    private final ObjectProperty<ScaleMode> scaleMode = new SimpleObjectProperty<>(this, "scaleMode", ScaleMode.FIT);

    public DesktopSessionView(SessionConnection connection, SessionEnvironment environment, PictureEncoding encoding) {
        clipboard = new DesktopClipboard(this::offer);
        screen = new DesktopScreen(scaleMode, this::sendPointer, this::requestSize);
        link = new DesktopLink(
                new SessionAccess(connection, environment.http()),
                environment,
                encoding,
                new ViewEvents(screen, clipboard));
        keyboard = new DesktopKeyboard(this::send);
        getStyleClass().add("desktop-session");
        getChildren().add(screen);
        keyboard.attach(screen.surface());
        clipboard.attach(screen.surface());
        active.addListener((property, before, now) -> link.setPaused(!now));
        viewOnly.addListener((property, before, now) -> wakeKeyboard());
        link.stateProperty().addListener((property, before, now) -> {
            if (now instanceof LinkState.Connected) {
                wakeKeyboard();
                clipboard.offerAgain();
                screen.requestSizeIfWanted();
            } else {
                keyboard.forget();
            }
        });
    }

    /** Begins to connect; once. */
    public void start() {
        link.start();
    }

    /** Tries at once while the link is lost. */
    public void retryNow() {
        link.retryNow();
    }

    /** Ends the connection for good. The datalab itself keeps running. */
    @Override
    public void close() {
        link.close(Problem.of(ProblemCode.SESSION_UNREACHABLE, "This datalab's view was closed.", ""));
        screen.close();
        clipboard.close();
    }

    public ReadOnlyObjectProperty<LinkState> stateProperty() {
        return link.stateProperty();
    }

    /** Time to the datazone and back, or null while it is not known. */
    public ReadOnlyObjectProperty<@Nullable Duration> roundTripProperty() {
        return link.roundTripProperty();
    }

    /** Whether the picture is fetched: bind to the selected tab, so that hidden desktops cost nothing. */
    public BooleanProperty activeProperty() {
        return active;
    }

    public ObjectProperty<ScaleMode> scaleModeProperty() {
        return scaleMode;
    }

    /** While set, neither keys nor pointer nor clipboard reach the desktop. */
    public BooleanProperty viewOnlyProperty() {
        return viewOnly;
    }

    /** While set, the app's own shortcuts reach the desktop too. Ctrl Alt Shift lets go. */
    public BooleanProperty grabKeysProperty() {
        return keyboard.grabProperty();
    }

    /** Names the key events that stay with the app while keys are not grabbed; they are left for its accelerators. */
    public void setAppShortcuts(Predicate<KeyEvent> shortcuts) {
        keyboard.setAppShortcuts(shortcuts);
    }

    /** Called after Ctrl Alt Shift; the place to move the focus elsewhere. */
    public void setOnKeyboardReleased(Runnable action) {
        keyboard.setOnReleased(action);
    }

    /** Called when the desktop rings. */
    public void setOnBell(Runnable action) {
        screen.setOnBell(action);
    }

    public void sendKeys(SpecialKeys keys) {
        List<Integer> order = new ArrayList<>(keys.keysyms());
        order.forEach(keysym -> send(new KeyStroke(true, keysym, 0)));
        Collections.reverse(order);
        order.forEach(keysym -> send(new KeyStroke(false, keysym, 0)));
    }

    /** What was copied last in the desktop; empty before. */
    public ReadOnlyStringProperty remoteTextProperty() {
        return clipboard.remoteTextProperty();
    }

    /** Whether both clipboards follow each other by themselves; on by default. */
    public BooleanProperty shareClipboardProperty() {
        return clipboard.shareProperty();
    }

    /** Puts what was copied in the desktop on this computer's clipboard. */
    public void copyToThisComputer() {
        clipboard.copyToThisComputer();
    }

    /** Puts this computer's text on the desktop's clipboard. */
    public void pasteIntoDesktop() {
        clipboard.pasteIntoDesktop();
    }

    /** The remote screen's size in its pixels; zero before the first picture. */
    public Dimension2D remoteSize() {
        return screen.remoteSize();
    }

    /** How many pictures have been shown so far. */
    public long framesShown() {
        return screen.framesShown();
    }

    @Override
    public void requestFocus() {
        screen.surface().requestFocus();
    }

    private void wakeKeyboard() {
        RfbConnection open = link.connection();
        if (open != null && !viewOnly.get()) {
            open.wakeKeyboard();
        }
    }

    private void send(KeyStroke stroke) {
        RfbConnection open = link.connection();
        if (open != null && !viewOnly.get()) {
            open.key(stroke.down(), stroke.keysym(), stroke.scanCode());
        }
    }

    private void sendPointer(int buttons, int x, int y) {
        RfbConnection open = link.connection();
        if (open != null && !viewOnly.get()) {
            open.pointer(buttons, x, y);
        }
    }

    private void requestSize(int width, int height) {
        RfbConnection open = link.connection();
        if (open != null && !viewOnly.get()) {
            open.requestSize(width, height);
        }
    }

    private void offer(String text) {
        RfbConnection open = link.connection();
        if (open != null && !viewOnly.get()) {
            open.offer(text);
        }
    }
}
