package org.datalabs.backend.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.catalogue.LocalCommand;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.UsageSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of the runtime that decide without touching anything. */
class DecisionsTest {
    private static final SessionId ID = new SessionId("abcdefghijklmnop");

    @TempDir
    Path folder;

    @Test
    void fillsPlaceholdersAndLeavesOutWordsOfEmptyOptions() {
        LocalCommand command = new LocalCommand(
                List.of("tool", "-m{memory_mb}", "--file={option.file}", "{option.mode}", "{unknown}", "{}", "$x"),
                List.of(),
                Map.of("TOKEN", "{token}", "MODE", "<{option.mode}>"));

        ProgramCommand filled = ProgramCommand.of(
                command, Map.of("memory_mb", "2048", "token", "a$1b"), Map.of("mode", "", "file", "/data/a b"));

        assertThat(filled.words()).containsExactly("tool", "-m2048", "--file=/data/a b", "{unknown}", "{}", "$x");
        assertThat(filled.environment()).containsEntry("TOKEN", "a$1b").containsEntry("MODE", "<>");
        assertThat(filled.toString()).doesNotContain("a$1b");
    }

    @Test
    void startsInTheFolderThatHoldsAllVolumes() {
        assertThat(Preparation.workingFolder(List.of())).isEqualTo("/home/user");
        assertThat(Preparation.workingFolder(binds("/data/a"))).isEqualTo("/data/a");
        assertThat(Preparation.workingFolder(binds("/data/a", "/data/b/c"))).isEqualTo("/data");
        assertThat(Preparation.workingFolder(binds("/data/a", "/mnt/b"))).isEqualTo("/home/user");
    }

    private static List<Bind> binds(String... targets) {
        return List.of(targets).stream()
                .map(target -> new Bind(Path.of("/srv"), target, true))
                .toList();
    }

    @Test
    void tellsWhyASessionCouldNotStart() {
        Problem problem = new EndReport(
                        "TOPCAT", Home.PERSONAL, false, OptionalInt.empty(), false, 0, List.of(), "bwrap: no")
                .problem();

        assertThat(problem.code()).isEqualTo(ProblemCode.START_FAILED);
        assertThat(problem.what()).isEqualTo("TOPCAT could not be started. It said last: bwrap: no.");
    }

    @Test
    void writesSizesAsPeopleDo() {
        assertThat(EndReport.size(2 * Resources.GB)).isEqualTo("2 GB");
        assertThat(EndReport.size(Resources.GB * 3 / 2)).isEqualTo("1.5 GB");
        assertThat(EndReport.size(Resources.GB / 2)).isEqualTo("512 MB");
    }

    @Test
    void readsLinesOfAnyLength() throws IOException {
        List<String> lines = new ArrayList<>();
        byte[] bytes = ("one\n\n" + "y".repeat(25) + "\nlast").getBytes(StandardCharsets.UTF_8);

        new LineReader(new ByteArrayInputStream(bytes), 10).readAll(lines::addAll);

        assertThat(lines).containsExactly("one", "", "y".repeat(10), "y".repeat(10), "yyyyy", "last");
    }

    @Test
    void findsTheNearestGroupThatHandsOnMemory() throws IOException {
        Path service = Files.createDirectories(folder.resolve("user.slice/user@1000.service"));
        Path app = Files.createDirectories(service.resolve("app.slice"));
        Path own = Files.createDirectories(app.resolve("app-terminal.scope"));
        for (Path group : List.of(service, app, own)) {
            Files.writeString(group.resolve("cgroup.procs"), "");
            Files.writeString(group.resolve("cgroup.subtree_control"), group.equals(own) ? "" : "memory pids\n");
        }
        List<String> mounts = List.of("proc /proc proc rw 0 0", "cgroup2 " + folder + " cgroup2 rw 0 0");

        ControlGroups groups = ControlGroupsV2.find(
                        mounts, List.of("0::/user.slice/user@1000.service/app.slice/app-terminal.scope"))
                .orElseThrow();
        ControlGroup group =
                groups.create("datalabs-x", new Resources(500, 1000, 0)).orElseThrow();

        Path made = app.resolve("datalabs-x");
        assertThat(group.joinFiles()).containsExactly(made.resolve("cgroup.procs"));
        assertThat(made.resolve("memory.max")).hasContent("1000");
        assertThat(made.resolve("pids.max")).exists();
        assertThat(made.resolve("cpu.max")).doesNotExist();
        assertThat(groups.notices()).singleElement().asString().startsWith("CPU limits are not enforced");
        Files.writeString(made.resolve("cpu.stat"), "usage_usec 1500\nuser_usec 1000\n");
        Files.writeString(made.resolve("memory.current"), "900\n");
        Files.writeString(made.resolve("memory.stat"), "anon 500\ninactive_file 100\n");
        Files.writeString(made.resolve("memory.events"), "oom 3\noom_kill 2\n");
        assertThat(group.cpuNanos()).isEqualTo(OptionalLong.of(1_500_000));
        assertThat(group.memoryBytes()).isEqualTo(OptionalLong.of(800));
        assertThat(group.memoryKills()).isEqualTo(2);
    }

    @Test
    void findsNoGroupsWhereNoneMayBeMade() throws IOException {
        List<String> mounts = List.of("cgroup2 " + folder + " cgroup2 rw 0 0", "tmpfs /tmp tmpfs rw 0 0");

        assertThat(ControlGroupsV2.find(mounts, List.of("0::/nowhere"))).isEmpty();
        assertThat(ControlGroupsV1.find(mounts, List.of("0::/nowhere"))).isEmpty();
    }

    @Test
    void measuresProcessesWhereThereAreNoGroups() {
        UsageMeter meter = new UsageMeter();
        ProcessMark self = ProcessMark.of(ProcessHandle.current().pid()).orElseThrow();
        Instant begin = Instant.parse("2026-03-01T12:00:00Z");
        meter.sample(ID, begin, OptionalLong.empty(), OptionalLong.empty(), self);
        long spinUntil = System.nanoTime() + 300_000_000;
        while (System.nanoTime() < spinUntil) {
            Thread.onSpinWait();
        }

        Optional<UsageSample> sample =
                meter.sample(ID, begin.plusSeconds(1), OptionalLong.empty(), OptionalLong.empty(), self);

        assertThat(sample.orElseThrow().cpuMillis()).isBetween(50, 3000);
        assertThat(sample.orElseThrow().memoryBytes()).isGreaterThan(20_000_000);
    }

    @Test
    void readsProcessMarksStrictly() {
        ProcessMark mark = ProcessMark.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(ProcessMark.parse(mark.line())).contains(mark);
        assertThat(ProcessMark.parse("1 2")).isEmpty();
        assertThat(ProcessMark.parse("-1 2 " + mark.boot())).isEmpty();
        assertThat(ProcessMark.of(Integer.MAX_VALUE)).isEmpty();
    }
}
