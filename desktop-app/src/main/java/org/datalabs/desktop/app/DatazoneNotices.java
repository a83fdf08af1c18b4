package org.datalabs.desktop.app;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javafx.collections.ListChangeListener;
import javafx.util.Subscription;
import org.datalabs.core.api.DatazoneInfo;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.datazone.Datazones;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.view.NoticeBoard;
import org.jspecify.annotations.Nullable;

/**
 * Puts behind the bell what datazones say about themselves, such as a database that was damaged or a manifest that is
 * left out; each sentence once in a run of the app. JavaFX thread only.
 */
final class DatazoneNotices {
    private final Texts texts = Texts.of(DatazoneNotices.class);
    private final NoticeBoard board;
    private final Clock clock;
    private final Map<Datazone, Subscription> watched = new HashMap<>();
    private final Map<String, Set<String>> told = new HashMap<>();

    private DatazoneNotices(NoticeBoard board, Clock clock) {
        this.board = board;
        this.clock = clock;
    }

    /** Posts what {@code datazones} say, for as long as they are there. */
    static void follow(Datazones datazones, NoticeBoard board, Clock clock) {
        DatazoneNotices notices = new DatazoneNotices(board, clock);
        notices.watch(datazones);
        datazones.all().addListener((ListChangeListener<Datazone>) change -> notices.watch(datazones));
    }

    private void watch(Datazones datazones) {
        watched.entrySet().removeIf(entry -> {
            boolean gone = !datazones.all().contains(entry.getKey());
            if (gone) {
                entry.getValue().unsubscribe();
            }
            return gone;
        });
        for (Datazone datazone : datazones.all()) {
            if (!watched.containsKey(datazone)) {
                watched.put(datazone, datazone.infoProperty().subscribe(info -> tell(datazone, info)));
            }
        }
    }

    private void tell(Datazone datazone, @Nullable DatazoneInfo info) {
        if (info == null) {
            return;
        }
        Set<String> known = told.computeIfAbsent(datazone.key(), any -> new HashSet<>());
        for (String notice : info.notices()) {
            if (known.add(notice)) {
                String title = texts.get("notices.datazone", datazone.name());
                board.post(new NoticeBoard.Notice(clock.instant(), Tone.INFO, title, notice, null));
            }
        }
    }
}
