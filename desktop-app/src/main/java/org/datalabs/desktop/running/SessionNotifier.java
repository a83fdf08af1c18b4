package org.datalabs.desktop.running;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.datalabs.core.api.DatazoneInfo;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.control.Action;
import org.datalabs.desktop.control.ToastHost;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.view.NoticeBoard;
import org.jspecify.annotations.Nullable;

/** Tells the user what happens to sessions that are not in front of them: a toast with one action, and a notice. */
public final class SessionNotifier {
    private final ToastHost toasts;
    private final NoticeBoard notices;
    private final SessionCommands commands;
    private final Predicate<Session> isShown;
    private final BiConsumer<Datazone, Session> open;
    private final BiConsumer<Datazone, Session> openLog;
    private final SessionWords words = new SessionWords();
    private final Texts texts = Texts.of(SessionNotifier.class);

    /**
     * @param isShown whether a session's tab is in front of the user
     * @param open shows a session's tab
     * @param openLog shows a session's tab with its log
     */
    public SessionNotifier(
            ToastHost toasts,
            NoticeBoard notices,
            SessionCommands commands,
            Predicate<Session> isShown,
            BiConsumer<Datazone, Session> open,
            BiConsumer<Datazone, Session> openLog) {
        this.toasts = toasts;
        this.notices = notices;
        this.commands = commands;
        this.isShown = isShown;
        this.open = open;
        this.openLog = openLog;
    }

    /** A reader for the journal. */
    public void hear(SessionNews news) {
        if (isShown.test(news.session())) {
            return;
        }
        boolean temporary = news.session().home() == Home.TEMPORARY;
        switch (news.what()) {
            case READY -> tell(news, Tone.SUCCESS, "", openAction(news));
            case FAILED -> tell(news, Tone.DANGER, cause(news.session()), logAction(news));
            case ENDS_SOON, PAUSES_SOON -> tell(news, Tone.WARNING, "", extendAction(news));
            case ENDED -> {
                if (!news.at().isBefore(news.session().endsAt())) {
                    tell(news, Tone.INFO, texts.get(temporary ? "ended.text.temporary" : "ended.text"), null);
                }
            }
            case PAUSED -> {
                if (wasIdle(news)) {
                    tell(
                            news,
                            Tone.INFO,
                            texts.get(temporary ? "paused.text.temporary" : "paused.text"),
                            openAction(news));
                }
            }
            case LAUNCHED -> {}
        }
    }

    private Action openAction(SessionNews news) {
        return new Action(texts.get("open"), () -> open.accept(news.datazone(), news.session()));
    }

    private Action logAction(SessionNews news) {
        return new Action(texts.get("view.log"), () -> openLog.accept(news.datazone(), news.session()));
    }

    private Action extendAction(SessionNews news) {
        return new Action(commands.extendLabel(), () -> commands.extend(news.datazone(), news.session()));
    }

    /** Not paused by its owner, who needs no telling. */
    private static boolean wasIdle(SessionNews news) {
        DatazoneInfo info = news.datazone().infoProperty().get();
        Integer idle = info == null ? null : info.idleMinutes();
        Instant used = news.session().lastUsedAt();
        return idle != null
                && used != null
                && !used.plus(Duration.ofMinutes(idle)).isAfter(news.at());
    }

    private static String cause(Session session) {
        return session.state() instanceof SessionState.Failed failed ? failed.cause() : "";
    }

    private void tell(SessionNews news, Tone tone, String text, @Nullable Action action) {
        String title = words.news(news);
        Instant at = news.at();
        toasts.show(new ToastHost.Toast(tone, title, action));
        notices.post(new NoticeBoard.Notice(at, tone, title, text, action));
    }
}
