package org.datalabs.desktop.running;

import java.util.concurrent.CompletableFuture;
import org.datalabs.core.api.SessionChange;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.control.ModalHost;
import org.datalabs.desktop.control.ToastHost;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.problem.Problems;

/** What users do to their running datalabs. What comes of it is seen in the session; a refusal is told. */
public final class SessionCommands {
    /** Minutes that one click adds to a session's life. */
    public static final int EXTENSION_MINUTES = 240;

    private static final int HOUR = 60;

    private final ModalHost dialogs;
    private final ToastHost toasts;
    private final Texts texts = Texts.of(SessionCommands.class);

    public SessionCommands(ModalHost dialogs, ToastHost toasts) {
        this.dialogs = dialogs;
        this.toasts = toasts;
    }

    public void pause(Datazone datazone, Session session) {
        change(datazone, session, new SessionChange(null, Desired.PAUSED, null, null), "failed.pause");
    }

    public void resume(Datazone datazone, Session session) {
        change(datazone, session, new SessionChange(null, Desired.RUNNING, null, null), "failed.resume");
    }

    public void extend(Datazone datazone, Session session) {
        change(datazone, session, new SessionChange(null, null, EXTENSION_MINUTES, null), "failed.extend");
    }

    /** {@code Extend by 4 h}. */
    public String extendLabel() {
        return texts.get("extend", EXTENSION_MINUTES / HOUR);
    }

    private void rename(Datazone datazone, Session session, String name) {
        change(datazone, session, new SessionChange(name, null, null, null), "failed.rename");
    }

    /** Ends a running datalab, cancels one that starts, takes one that failed off the list; asks nothing. */
    public void stop(Datazone datazone, Session session) {
        tell(datazone.destroy(session.id()), session, "failed.stop");
    }

    /** Asks first, saying what is lost and what stays; what has ended already is taken off the list at once. */
    public void destroy(Datazone datazone, Session session) {
        if (session.state() instanceof SessionState.Failed) {
            stop(datazone, session);
            return;
        }
        dialogs.confirm(
                new ModalHost.Confirmation(
                        texts.get("destroy.title", session.name()),
                        texts.get(session.home() == Home.TEMPORARY ? "destroy.text.temporary" : "destroy.text"),
                        texts.get("destroy.keep"),
                        texts.get("destroy.action")),
                () -> stop(datazone, session));
    }

    /** Asks for another name. */
    public void rename(Datazone datazone, Session session) {
        dialogs.show(new NameDialog(session, dialogs::close, name -> rename(datazone, session, name)), () -> {});
    }

    private void change(Datazone datazone, Session session, SessionChange change, String failure) {
        tell(datazone.change(session.id(), change), session, failure);
    }

    private void tell(CompletableFuture<?> command, Session session, String failure) {
        CompletableFuture<?> unused = command.whenComplete((value, thrown) -> {
            if (thrown != null && !Problems.isCancellation(thrown)) {
                Problem problem = Problems.of(thrown);
                String title = texts.get(failure, session.name(), problem.text());
                toasts.show(new ToastHost.Toast(Tone.DANGER, title, null));
            }
        });
    }
}
