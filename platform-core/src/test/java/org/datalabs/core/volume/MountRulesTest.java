package org.datalabs.core.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.datalabs.core.problem.FieldError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountRulesTest {
    private static final Map<VolumeId, Volume> VOLUMES = Volumes.map(
            Volumes.volume("jwst", "JwstPublic", true, "/data/jwst", null),
            Volumes.volume("crds", "JwstCrds", true, "/data/crds", null),
            Volumes.volume("ngc1365", "nircam-ngc1365", false, "/data/ngc1365", null),
            Volumes.broken("gone", "Old disk", "its folder is missing"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/data",
                "/data/jwst",
                "/data/with space",
                "/data/Ünïcode",
                "/data/.hidden",
                "/data/a..b",
                "/home/user/x",
                "/home/user/a/b",
                "/root/x",
                "/tmp/x",
                "/opt/x",
                "/mnt",
                "/srv/data",
                "/library",
                "/etcetera",
                "/devices",
                "/data/…",
            })
    void allowsOrdinaryFolders(String path) {
        assertThat(MountRules.pathError(path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | Give a path",
                "data | Start the path with a slash",
                "./data | Start the path with a slash",
                "~/data | Start the path with a slash",
                "/data/ | slash at the end",
                "/data//x | two slashes",
                "// | slash at the end",
                "/data/../etc | without . and ..",
                "/.. | without . and ..",
                "/data/. | without . and ..",
                "/data:x | colon",
                "/ | below /",
                "/proc | belongs to the system",
                "/sys/fs | belongs to the system",
                "/dev/shm | belongs to the system",
                "/etc | belongs to the system",
                "/usr/local/x | belongs to the system",
                "/bin | belongs to the system",
                "/sbin/x | belongs to the system",
                "/lib | belongs to the system",
                "/lib64/x | belongs to the system",
                "/libexec | belongs to the system",
                "/boot | belongs to the system",
                "/run/user | belongs to the system",
                "/var/lib | belongs to the system",
                "/tmp/.X11-unix | belongs to the system",
                "/tmp/.ICE-unix/x | belongs to the system",
                "/tmp | files of the datalab itself",
                "/home | files of the datalab itself",
                "/home/user | files of the datalab itself",
                "/root | files of the datalab itself",
            })
    void refusesOtherPaths(String path, String message) {
        assertThat(MountRules.pathError(path))
                .hasValueSatisfying(text -> assertThat(text).contains(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/a\u0000b", "/a\nb", "/a\u001bb", "/a\u007fb", "/a\u202eb", "/a\u200bb", "/a\u2028b", "/a\uD800"
            })
    void refusesCharactersThatCannotBeSeen(String path) {
        assertThat(MountRules.pathError(path))
                .hasValueSatisfying(text -> assertThat(text).contains("cannot be seen"));
    }

    @Test
    void measuresLengthsInBytes() {
        assertThat(MountRules.pathError("/" + "a".repeat(255))).isEmpty();
        assertThat(MountRules.pathError("/" + "a".repeat(256))).isPresent();
        assertThat(MountRules.pathError("/" + "ü".repeat(128))).isPresent();
        assertThat(MountRules.pathError(("/" + "a".repeat(203)).repeat(5) + "/abc"))
                .isEmpty();
        assertThat(MountRules.pathError(("/" + "a".repeat(203)).repeat(5) + "/abcde"))
                .isPresent();
    }

    @Test
    void saysWhoUsesAFolderAndWhichIsFree() {
        List<Mount> mounts =
                List.of(mount("jwst", "/data/jwst"), mount("crds", "/data/crds"), mount("ngc1365", "/data/jwst"));
        assertThat(MountRules.check(mounts, VOLUMES))
                .containsExactly(
                        new FieldError("mounts[2].path", "JwstPublic already uses /data/jwst. Try /data/ngc1365."));
    }

    @Test
    void refusesAFolderInsideAnother() {
        assertThat(MountRules.check(List.of(mount("jwst", "/data"), mount("crds", "/data/crds")), VOLUMES))
                .containsExactly(new FieldError(
                        "mounts[1].path", "/data/crds is inside /data, which JwstPublic uses. Try /volumes-1/crds."));
        assertThat(MountRules.check(List.of(mount("jwst", "/data/x/y"), mount("crds", "/data/x")), VOLUMES))
                .containsExactly(new FieldError(
                        "mounts[1].path", "/data/x would hide /data/x/y, which JwstPublic uses. Try /data/crds."));
        assertThat(MountRules.check(List.of(mount("jwst", "/data/x"), mount("crds", "/data/x2")), VOLUMES))
                .isEmpty();
    }

    @Test
    void refusesVolumesThatAreUnknownOrBrokenAndWritesToReadOnlyOnes() {
        List<Mount> mounts = List.of(
                mount("nope", "/data/a"), mount("gone", "/data/b"), new Mount(new VolumeId("jwst"), "/data/c", false));
        assertThat(MountRules.check(mounts, VOLUMES))
                .containsExactly(
                        new FieldError("mounts[0].volume", "There is no volume nope here. Choose one of the list."),
                        new FieldError("mounts[1].volume", "Old disk cannot be mounted now: its folder is missing."),
                        new FieldError("mounts[2].readOnly", "JwstPublic can only be read. Mount it read-only."));
        assertThat(MountRules.check(List.of(new Mount(new VolumeId("ngc1365"), "/data/c", false)), VOLUMES))
                .isEmpty();
    }

    @Test
    void refusesTooMany() {
        List<Mount> mounts = IntStream.range(0, 51)
                .mapToObj(number -> mount("jwst", "/data/" + number))
                .toList();
        assertThat(MountRules.check(mounts, VOLUMES))
                .singleElement()
                .extracting(FieldError::field)
                .isEqualTo("mounts");
        assertThat(MountRules.check(mounts.subList(0, 50), VOLUMES)).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway")
    void refusesMountsWithHoles() {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(null);
        mounts.add(new Mount(null, "/data/a", true));
        mounts.add(new Mount(new VolumeId("jwst"), null, true));
        mounts.add(mount("crds", "/data/a"));
        assertThat(MountRules.check(mounts, VOLUMES))
                .extracting(FieldError::field)
                .containsExactly("mounts[0]", "mounts[1]", "mounts[2]");
    }

    @Property(tries = 500)
    void acceptedPathsAreNormalisedAndOutsideTheSystem(@ForAll("paths") String path) {
        if (MountRules.pathError(path).isEmpty()) {
            assertThat(Path.of(path).normalize()).hasToString(path);
            assertThat(path)
                    .startsWith("/")
                    .isNotEqualTo("/")
                    .doesNotContain("//")
                    .doesNotContain(":");
            assertThat(path).doesNotMatch("/(proc|sys|dev|etc|usr|bin|sbin|lib|lib64|boot|run)(/.*)?");
            assertThat(path.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(1024);
        }
    }

    @Property(tries = 500)
    void freePathsAreFree(@ForAll("paths") String wanted, @ForAll("takenPaths") @Size(max = 12) List<String> taken) {
        String free = MountRules.freePath(wanted, taken);
        assertThat(MountRules.pathError(free)).isEmpty();
        assertThat(taken).noneMatch(other -> SessionPath.overlap(free, other));
        if (MountRules.pathError(wanted).isEmpty()
                && taken.stream().noneMatch(other -> SessionPath.overlap(wanted, other))) {
            assertThat(free).isEqualTo(wanted);
        }
    }

    @Property(tries = 300)
    void mountsWithoutErrorsDoNotOverlap(@ForAll("takenPaths") @Size(max = 6) List<String> paths) {
        List<Mount> mounts = paths.stream().map(path -> mount("jwst", path)).toList();
        if (MountRules.check(mounts, VOLUMES).isEmpty()) {
            for (int one = 0; one < paths.size(); one++) {
                for (int other = 0; other < one; other++) {
                    assertThat(SessionPath.overlap(paths.get(one), paths.get(other)))
                            .isFalse();
                }
            }
        }
    }

    @Property(tries = 300)
    void followingTheSuggestionHelps(@ForAll("takenPaths") @Size(min = 2, max = 5) List<String> paths) {
        List<Mount> mounts = new ArrayList<>();
        for (String path : paths) {
            mounts.add(mount("ngc1365", path));
        }
        for (int round = 0; round < 10; round++) {
            List<FieldError> errors = MountRules.check(mounts, VOLUMES);
            if (errors.isEmpty()) {
                return;
            }
            FieldError first = errors.get(0);
            int index = Integer.parseInt(first.field().replaceAll("[^0-9]", ""));
            assertThat(first.message()).contains(" Try ");
            String better = first.message()
                    .substring(
                            first.message().indexOf(" Try ") + 5,
                            first.message().length() - 1);
            mounts.set(index, mount("ngc1365", better));
        }
        assertThat(MountRules.check(mounts, VOLUMES)).isEmpty();
    }

    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> pieces = Arbitraries.of(
                "/", "//", ".", "..", "a", "data", "etc", "proc", "home", "user", "tmp", "lib64", " ", ":", "\u0000",
                "é", "x");
        return pieces.list().ofMinSize(0).ofMaxSize(9).map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<List<String>> takenPaths() {
        return Arbitraries.of(
                        "/data", "/data/a", "/data/a/b", "/data/a-2", "/x", "/volumes-1", "/volumes-1/a", "/home/u/a")
                .list();
    }

    private static Mount mount(String volume, String path) {
        return new Mount(new VolumeId(volume), path, true);
    }
}
