package org.datalabs.desktop.datazone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.datalabs.desktop.datazone.CatalogueFile.Kept;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueFileTest {
    private static final Instant LATER = FakeDatalabs.NOON.plusSeconds(3600);
    private static final Kept KEPT = new Kept(
            CatalogueSnapshot.of(
                    "r1",
                    FakeDatalabs.NOON,
                    List.of(FakeDatalabs.topcat(), FakeDatalabs.jupyter(), FakeDatalabs.casa())),
            "\"e1\"");

    @TempDir
    private Path folder;

    private CatalogueFile file = new CatalogueFile(Path.of("/"), "", Clock.systemUTC());

    @BeforeEach
    void open() {
        file = new CatalogueFile(folder, "here", Clock.fixed(LATER, ZoneOffset.UTC));
    }

    @Test
    void givesBackWhatItWasGiven() throws IOException {
        file.write(KEPT);

        assertThat(file.read()).isEqualTo(KEPT);
        assertThat(files()).containsExactly("here.catalogue");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
    }

    @Test
    void isEmptyBeforeTheFirstTime() {
        assertThat(file.read()).isEqualTo(Kept.NOTHING);
        assertThat(files()).isEmpty();
    }

    @Test
    void remembersWhenItWasLastConfirmed() throws IOException {
        file.write(KEPT);
        file.confirm("r1", LATER);

        assertThat(file.read().snapshot().readAt()).isEqualTo(LATER);
    }

    @Test
    void disregardsTheConfirmationOfAnotherRevision() throws IOException {
        file.write(KEPT);
        file.confirm("r0", LATER);

        assertThat(file.read().snapshot().readAt()).isEqualTo(FakeDatalabs.NOON);
    }

    @Test
    void keepsATruncatedFileAside() throws IOException {
        file.write(KEPT);
        byte[] whole = Files.readAllBytes(path());
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        Files.write(path(), half);

        assertThat(file.read()).isEqualTo(Kept.NOTHING);
        assertThat(files()).containsExactly("here.catalogue.damaged-20260301T130000000Z");
        assertThat(folder.resolve(files().get(0))).hasBinaryContent(half);
    }

    @Test
    void keepsAFileOfAnotherKindAside() throws IOException {
        Files.writeString(path(), "no catalogue at all");

        assertThat(file.read()).isEqualTo(Kept.NOTHING);
        assertThat(files()).containsExactly("here.catalogue.damaged-20260301T130000000Z");
    }

    @Test
    void forgetsEverything() throws IOException {
        file.write(KEPT);
        file.confirm("r1", LATER);
        file.delete();

        assertThat(files()).isEmpty();
    }

    private Path path() {
        return folder.resolve("here.catalogue");
    }

    private List<String> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
