package org.datalabs.desktop.session.vnc;

/** Passes everything on and says when the server let the client in. */
record ForwardingEvents(RfbEvents to, Runnable onStarted) implements RfbEvents {
    @Override
    public void started(String desktopName) {
        onStarted.run();
        to.started(desktopName);
    }

    @Override
    public void resized(Framebuffer screen) {
        to.resized(screen);
    }

    @Override
    public void drawn(Framebuffer screen, Area changed) {
        to.drawn(screen, changed);
    }

    @Override
    public void cursor(CursorShape shape) {
        to.cursor(shape);
    }

    @Override
    public void copied(String text) {
        to.copied(text);
    }

    @Override
    public void bell() {
        to.bell();
    }
}
