package org.datalabs.desktop.view;

import java.time.Clock;
import org.datalabs.desktop.control.ModalHost;
import org.datalabs.desktop.control.ToastHost;
import org.datalabs.desktop.datazone.Datazones;
import org.datalabs.desktop.theme.Motion;

/** What the shell offers to every screen. */
public record ScreenContext(
        Datazones datazones,
        Navigator navigator,
        ModalHost dialogs,
        ToastHost toasts,
        NoticeBoard notices,
        Browser browser,
        Motion motion,
        Clock clock) {}
