package org.datalabs.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.datalabs.core.api.DatazoneInfo;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.desktop.datazone.FakeDatazone;
import org.datalabs.desktop.datazone.FakeDatazones;
import org.datalabs.desktop.view.NoticeBoard.Notice;
import org.junit.jupiter.api.Test;

class DatazoneNoticesTest {
    private final FakeDatazone datazone = new FakeDatazone("zone");
    private final FakeDatazones datazones = new FakeDatazones(datazone);
    private final Notices board = new Notices();

    @Test
    void tellsEachSentenceOfADatazoneOnce() {
        datazone.setInfo(null);
        DatazoneNotices.follow(datazones, board, Clock.systemUTC());
        datazone.setInfo(saying("The database was damaged."));
        datazone.setInfo(saying("The database was damaged.", "A manifest is left out."));
        datazone.setInfo(saying());
        datazone.setInfo(saying("The database was damaged."));

        assertThat(board.notices())
                .extracting(Notice::text)
                .containsExactly("A manifest is left out.", "The database was damaged.");
        assertThat(board.notices())
                .allSatisfy(notice -> assertThat(notice.title()).contains(datazone.name()));
    }

    @Test
    void listensToDatazonesThatAreAddedAndLeavesThoseThatAreRemoved() {
        DatazoneNotices.follow(datazones, board, Clock.systemUTC());
        FakeDatazone added = (FakeDatazone)
                datazones.add("Added", URI.create("http://127.0.0.1:1"), null).join();
        added.setInfo(saying("It is new."));
        datazones.remove(added);
        added.setInfo(saying("It is gone."));

        assertThat(board.notices())
                .extracting(Notice::text)
                .contains("It is new.")
                .doesNotContain("It is gone.");
    }

    private static DatazoneInfo saying(String... notices) {
        return new DatazoneInfo("Zone", "", "local", "1", Resources.of(1, 1), null, List.of(notices));
    }
}
