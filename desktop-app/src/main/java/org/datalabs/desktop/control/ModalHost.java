package org.datalabs.desktop.control;

import javafx.scene.layout.Region;

/** Shows dialogs over the window, one at a time; the focus stays inside and returns to where it was. */
public interface ModalHost {
    /**
     * Shows a dialog in place of any that is open. Esc and a click beside it close it.
     *
     * @param dialog its content, with a size of its own; gets the focus
     * @param onClosed told once when it has closed, however that came
     */
    void show(Region dialog, Runnable onClosed);

    /** As {@link #show}, but only {@link #close} closes it: for a dialog in which work could be lost. */
    void showPersistent(Region dialog, Runnable onClosed);

    /** As {@link #show}, at the upper edge of the window. */
    void showAtTop(Region dialog, Runnable onClosed);

    /** Asks; runs {@code onConfirmed} only when the user takes the action. */
    void confirm(Confirmation question, Runnable onConfirmed);

    void close();

    boolean isShowing();

    /**
     * A question before something is lost.
     *
     * @param title the question, such as "Destroy NIRCam NGC 1365?"
     * @param text what is lost and what stays
     * @param keep label of the button that does nothing
     * @param action label of the button that does it
     */
    record Confirmation(String title, String text, String keep, String action) {}
}
