package org.datalabs.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.view.NoticeBoard.Notice;
import org.junit.jupiter.api.Test;

class NoticesTest {
    private final Notices notices = new Notices();

    @Test
    void countsWhatCameSinceTheUserLastLooked() {
        notices.post(notice("first"));
        notices.markAllRead();
        notices.post(notice("second"));

        assertThat(notices.unreadProperty().get()).isEqualTo(1);
        assertThat(notices.notices()).extracting(Notice::title).containsExactly("second", "first");
        assertThat(notices.isUnread(notices.notices().get(0))).isTrue();
        assertThat(notices.isUnread(notices.notices().get(1))).isFalse();
    }

    @Test
    void keepsTheLastHundred() {
        for (int i = 0; i < 150; i++) {
            notices.post(notice("notice " + i));
        }

        assertThat(notices.notices()).hasSize(100);
        assertThat(notices.notices().get(0).title()).isEqualTo("notice 149");
        assertThat(notices.unreadProperty().get()).isEqualTo(100);
    }

    private static Notice notice(String title) {
        return new Notice(Instant.EPOCH, Tone.INFO, title, "", null);
    }
}
