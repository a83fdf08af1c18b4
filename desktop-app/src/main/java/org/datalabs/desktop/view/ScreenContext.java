package org.datalabs.desktop.view;

import java.time.Clock;
import java.time.Instant;
import javafx.beans.value.ObservableValue;
import org.datalabs.desktop.control.ModalHost;
import org.datalabs.desktop.control.PopoverHost;
import org.datalabs.desktop.control.ToastHost;
import org.datalabs.desktop.datazone.Datazones;
import org.datalabs.desktop.theme.Motion;

/**
 * What the shell offers to every screen.
 *
 * @param now the time, once a second
 */
public record ScreenContext(
        Datazones datazones,
        Navigator navigator,
        ModalHost dialogs,
        PopoverHost popovers,
        ToastHost toasts,
        NoticeBoard notices,
        Browser browser,
        Motion motion,
        Clock clock,
        ObservableValue<Instant> now) {}
