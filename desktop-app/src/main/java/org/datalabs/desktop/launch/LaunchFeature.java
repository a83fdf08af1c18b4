package org.datalabs.desktop.launch;

import java.util.function.Consumer;
import org.datalabs.core.session.Session;
import org.datalabs.desktop.view.ScreenContext;

/** Puts launching together; for the composition root. */
public final class LaunchFeature {
    private LaunchFeature() {}

    /**
     * The port of launches in a window.
     *
     * @param forms makes the wizard's form for new volumes
     * @param open shows a session's tab
     */
    public static LaunchPort create(ScreenContext context, NewVolumeForms forms, Consumer<Session> open) {
        LaunchDialogs dialogs = new ModalLaunchDialogs(context.dialogs(), context.toasts(), forms, context.now());
        return new LaunchDesk(context.datazones(), dialogs, open);
    }
}
