package org.datalabs.desktop.session.vnc;

import javafx.application.Platform;

/** Hands what the reader thread hears to the nodes on the FX thread. */
record ViewEvents(DesktopScreen screen, DesktopClipboard clipboard) implements RfbEvents {
    @Override
    public void started(String desktopName) {
        Platform.runLater(() -> screen.setAccessibleText(desktopName));
    }

    @Override
    public void resized(Framebuffer framebuffer) {
        screen.frames().resized(framebuffer);
    }

    @Override
    public void drawn(Framebuffer framebuffer, Area changed) {
        screen.frames().drawn(framebuffer, changed);
    }

    @Override
    public void cursor(CursorShape shape) {
        Platform.runLater(() -> screen.show(shape));
    }

    @Override
    public void copied(String text) {
        Platform.runLater(() -> clipboard.copied(text));
    }

    @Override
    public void bell() {
        Platform.runLater(screen::ring);
    }
}
