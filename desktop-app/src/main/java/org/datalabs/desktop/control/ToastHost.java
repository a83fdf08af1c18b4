package org.datalabs.desktop.control;

import org.jspecify.annotations.Nullable;

/** Shows short messages in a corner of the window; each goes by itself and can be closed before. */
public interface ToastHost {
    void show(Toast toast);

    /**
     * A short message.
     *
     * @param tone its icon and colour
     * @param title what happened
     * @param action the one thing to do about it, or null
     */
    record Toast(Tone tone, String title, @Nullable Action action) {}
}
