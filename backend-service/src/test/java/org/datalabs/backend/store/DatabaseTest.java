package org.datalabs.backend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.datalabs.backend.session.Records;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.api.Json;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.Quota;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening the database file. */
class DatabaseTest {
    private static final Clock CLOCK = Clock.fixed(Records.NOW, ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void opensAgainWithoutANotice() {
        Database.openFile(folder, CLOCK).close();
        try (Database database = Database.openFile(folder, CLOCK)) {
            assertThat(database.notice()).isEmpty();
        }
    }

    @Test
    void keepsADamagedDatabaseAsideAndBeginsAFreshOne() throws Exception {
        Database.openFile(folder, CLOCK).close();
        Path file = folder.resolve("datalabs.mv.db");
        byte[] content = Files.readAllBytes(file);
        Arrays.fill(content, 0, content.length, (byte) 'x');
        Files.write(file, content);

        try (Database database = Database.openFile(folder, CLOCK)) {
            assertThat(database.notice())
                    .hasValueSatisfying(notice -> assertThat(notice).contains("damaged"));
        }

        Path aside = folder.resolve("datalabs-damaged-2026-01-02T03-04-05.mv.db");
        assertThat(Files.readAllBytes(aside)).isEqualTo(content);
        Files.write(file, content);
        Database.openFile(folder, CLOCK).close();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(kept -> kept.toString().contains("damaged")))
                    .hasSize(2);
        }
    }

    @Test
    void keepsATruncatedDatabaseAside() throws Exception {
        Database.openFile(folder, CLOCK).close();
        Path file = folder.resolve("datalabs.mv.db");
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, 5000));
        try (Database database = Database.openFile(folder, CLOCK)) {
            assertThat(database.notice()).isPresent();
        }
    }

    @Test
    void tellsOfADatabaseThatWasEmptied() throws Exception {
        Database.openFile(folder, CLOCK).close();
        Path file = folder.resolve("datalabs.mv.db");
        byte[] content = Files.readAllBytes(file);
        Arrays.fill(content, 8192, content.length, (byte) 0);
        for (byte[] left : List.of(content, new byte[0])) {
            Files.write(file, left);
            try (Database database = Database.openFile(folder, CLOCK)) {
                assertThat(database.notice()).isPresent();
            }
        }
    }

    @Test
    void opensAnewAfterItClosedItself() {
        try (Database database = Database.openFile(folder, CLOCK)) {
            Stores stores = new Stores(database, user -> new Quota(5, Resources.of(1, 1)), CLOCK, Json.lenient());
            stores.events().append(null, new DatazoneEvent.VolumesChanged());
            // What H2 does of its own accord when it cannot write any more.
            assertThatThrownBy(() -> database.jdbi().useHandle(handle -> {
                        handle.execute("shutdown immediately");
                        handle.execute("select 1");
                    }))
                    .isInstanceOf(JdbiException.class);

            assertThat(stores.events().last()).isEqualTo(1);
            stores.events().append(null, new DatazoneEvent.VolumesChanged());
            assertThat(stores.events().last()).isEqualTo(2);
        }
    }
}
