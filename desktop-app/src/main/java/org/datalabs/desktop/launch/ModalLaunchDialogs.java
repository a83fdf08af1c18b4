package org.datalabs.desktop.launch;

import java.time.Instant;
import javafx.beans.value.ObservableValue;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.session.Session;
import org.datalabs.desktop.control.Action;
import org.datalabs.desktop.control.ModalHost;
import org.datalabs.desktop.control.ToastHost;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.i18n.Texts;

/** Shows the dialogs of launches over the window. */
final class ModalLaunchDialogs implements LaunchDialogs {
    private final ModalHost dialogs;
    private final ToastHost toasts;
    private final NewVolumeForms forms;
    private final ObservableValue<Instant> now;
    private final Texts texts = Texts.of(ModalLaunchDialogs.class);

    ModalLaunchDialogs(ModalHost dialogs, ToastHost toasts, NewVolumeForms forms, ObservableValue<Instant> now) {
        this.dialogs = dialogs;
        this.toasts = toasts;
        this.forms = forms;
        this.now = now;
    }

    @Override
    public void wizard(LaunchWizardViewModel wizard) {
        LaunchWizardView view = new LaunchWizardView(wizard, forms, dialogs::close);
        dialogs.showPersistent(view, () -> {
            view.dispose();
            wizard.close();
        });
    }

    @Override
    public void stopOne(StopOneViewModel choice) {
        StopOneView view = new StopOneView(choice, now, dialogs::close);
        dialogs.show(view, () -> {
            view.dispose();
            choice.close();
        });
    }

    @Override
    public void refused(String datalabName, Problem problem) {
        toasts.show(new ToastHost.Toast(Tone.DANGER, texts.get("refused", datalabName, problem.text()), null));
    }

    @Override
    public void started(Session session, Runnable show) {
        Action action = new Action(texts.get("started.show"), show);
        toasts.show(new ToastHost.Toast(Tone.INFO, texts.get("started", session.name()), action));
    }

    @Override
    public void close() {
        dialogs.close();
    }
}
