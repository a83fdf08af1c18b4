package org.datalabs.backend.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.runtime.local.Harness.Order;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.StartStep;
import org.datalabs.core.session.UsageSample;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of sessions, with small programs. */
class LocalRuntimeTest {
    private static final long MB = 1L << 20;

    private Harness harness;

    @BeforeEach
    void open() throws IOException {
        harness = new Harness();
    }

    @AfterEach
    void close() throws IOException {
        harness.close();
    }

    @Test
    void tellsEveryStepOfAStart() {
        List<SessionId> changed = new CopyOnWriteArrayList<>();
        harness.runtime.onChange(changed::add);

        SessionId id = harness.startRunning(Order.shell("exec " + harness.nap));

        Observation.Running running = (Observation.Running) harness.runtime.observe(id);
        assertThat(running.steps())
                .extracting(StartStep::kind)
                .containsExactly(
                        StartStep.Kind.SCHEDULED, StartStep.Kind.IMAGE, StartStep.Kind.VOLUMES, StartStep.Kind.PROCESS);
        assertThat(running.steps())
                .allMatch(step -> step.progress() == StartStep.Progress.DONE && step.millis() != null);
        assertThat(changed).contains(id);
        assertThat(harness.runtime.existing()).containsExactly(id);
    }

    @Test
    void startsOnceHoweverOftenAsked() {
        SessionId id = SessionId.random(new Random());
        Order order = Order.shell("echo started; exec " + harness.nap);

        for (int i = 0; i < 5; i++) {
            harness.runtime.start(order.spec(id));
        }
        Harness.await("started", () -> harness.output(id).contains("started"));
        harness.runtime.start(order.spec(id));

        assertThat(harness.output(id)).containsExactly("started");
    }

    @Test
    void tellsHowAProgramEnded() {
        assertEnd(
                "echo last words; exit 3",
                ProblemCode.PROGRAM_ENDED,
                "Tested ended by itself with status 3. It said" + " last: last words. Files in your home are safe.");
        assertEnd("exit 0", ProblemCode.PROGRAM_ENDED, "Tested was closed from inside.");
        assertEnd("kill -SEGV $$", ProblemCode.PROGRAM_ENDED, "Tested was ended by signal 11 (segmentation fault).");
        SessionId id = harness.start(new Order(Kind.WEB, "no-such-program"));
        assertThat(harness.awaitEnd(id).problem().code()).isEqualTo(ProblemCode.START_FAILED);
    }

    private void assertEnd(String script, ProblemCode code, String what) {
        Observation.Ended ended = harness.awaitEnd(harness.start(Order.shell(script)));
        assertThat(ended.problem().code()).isEqualTo(code);
        assertThat(ended.problem().what()).startsWith(what);
        assertThat(ended.problem().remedy()).isNotEmpty();
    }

    @Test
    void handsOptionsToTheProgramAsTheyAreWritten() {
        String word = "a; echo pwned $(echo pwned) `echo pwned` '\"|&> {token} ${HOME}";
        Harness.Order order = new Harness.Order(
                        Kind.WEB, "sh", "-c", "echo \"<$1>\"; exec " + harness.nap, "sh", "{option.word}")
                .option("word", word);
        SessionId id = harness.start(order);

        Harness.await("the word", () -> harness.text(id).contains("<"));
        assertThat(harness.text(id)).contains("<" + word + ">");
    }

    @Test
    void doesNotStartAnewWhatHasEnded() {
        SessionId id = SessionId.random(new Random());
        Order order = Order.shell("echo run");
        harness.runtime.start(order.spec(id));
        harness.awaitEnd(id);

        harness.runtime.start(order.spec(id));

        assertThat(harness.runtime.observe(id)).isInstanceOf(Observation.Ended.class);
        assertThat(harness.output(id)).containsExactly("run");
    }

    @Test
    void asksAProgramToEndBeforeItForces() {
        SessionId polite = harness.startRunning(
                Order.shell("trap 'echo asked; exit 0' TERM; echo ready; while :; do sleep 0.1; done"));
        SessionId stubborn = harness.startRunning(Order.shell("trap '' TERM; echo ready; while :; do sleep 0.1; done"));
        for (SessionId id : List.of(polite, stubborn)) {
            Harness.await("ready", () -> harness.output(id).contains("ready"));
        }

        harness.runtime.stop(polite);
        harness.stopAndWait(stubborn);
        harness.stopAndWait(polite);

        assertThat(harness.output(polite)).endsWith("asked");
        assertThat(harness.runtime.existing()).isEmpty();
    }

    @Test
    void leavesNothingBehind() throws IOException {
        SessionId id = harness.startRunning(Order.shell("setsid " + harness.nap
                + " & socat UNIX-LISTEN:/run/sockets/web,fork - & echo ready; exec " + harness.nap));
        Path socket = harness.socket(id);
        assertThat(Harness.processesNaming(harness.nap)).isNotEmpty();
        assertThat(controlGroups(id).isEmpty()).isNotEqualTo(harness.enforcesLimits());
        List<ProcessMark> processes = harness.processes(id);

        harness.stopAndWait(id);

        assertThat(Harness.processesNaming(harness.nap)).isEmpty();
        assertThat(Harness.processesNaming(harness.state.toString())).isEmpty();
        assertThat(processes).noneMatch(ProcessMark::alive);
        assertThat(socket).doesNotExist();
        assertThat(harness.state.resolve("run").resolve(id.value())).doesNotExist();
        assertThat(controlGroups(id)).isEmpty();
        assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(harness.state.toString());
    }

    @Test
    void givesATemporaryHomeThatGoesWithItsSession() throws IOException {
        String script =
                "ls -A $HOME; echo kept > $HOME/file; mkdir -p $HOME/closed/deep; chmod 0 $HOME/closed; echo ready; ";
        SessionId id = harness.startRunning(
                Order.shell(script + "socat UNIX-LISTEN:/run/sockets/web,fork - & exec " + harness.nap)
                        .temporaryHome());
        Harness.await("ready", () -> harness.output(id).contains("ready"));
        assertThat(harness.output(id)).containsExactly("ready");
        assertThat(harness.state.resolve("run").resolve(id.value()).resolve("home/file"))
                .exists();

        harness.stopAndWait(id);

        assertThat(harness.state.resolve("run").resolve(id.value())).doesNotExist();
        SessionId next =
                harness.startRunning(Order.shell(script + "exec " + harness.nap).temporaryHome());
        Harness.await("ready", () -> harness.output(next).contains("ready"));
        assertThat(harness.output(next)).containsExactly("ready");
    }

    @Test
    void saysThatATemporaryHomeEndedWithItsSession() {
        Observation.Ended ended =
                harness.awaitEnd(harness.start(Order.shell("exit 0").temporaryHome()));
        assertThat(ended.problem().what()).endsWith("Its home was temporary and ended with it.");
    }

    @Test
    void stopsWhatIsOnlyJustStarting() {
        for (int i = 0; i < 5; i++) {
            SessionId id = harness.start(Order.shell("exec " + harness.nap));
            harness.stopAndWait(id);
        }
        assertThat(harness.runtime.existing()).isEmpty();
        assertThat(Harness.processesNaming(harness.nap)).isEmpty();
    }

    @Test
    void endsAllWithTheRuntime() throws IOException {
        List<ProcessMark> processes = harness.processes(harness.startRunning(Order.shell("exec " + harness.nap)));
        harness.startRunning(Order.shell("trap '' TERM; exec " + harness.nap));

        harness.runtime.close();

        assertThat(Harness.processesNaming(harness.nap)).isEmpty();
        assertThat(processes).noneMatch(ProcessMark::alive);
    }

    @Test
    void endsAllWhenTheBackendIsKilled() throws Exception {
        Process backend = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        harness.state.toString(),
                        harness.nap)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String name = backend.inputReader().readLine();
        SessionId id = new SessionId(name);
        assertThat(Harness.processesNaming(harness.nap)).isNotEmpty();
        List<ProcessMark> marks = harness.processes(id);
        assertThat(marks).allMatch(ProcessMark::alive);

        backend.destroyForcibly().waitFor();

        Harness.await(
                "all ended",
                () -> Harness.processesNaming(harness.nap).isEmpty()
                        && marks.stream().noneMatch(ProcessMark::alive));
        assertThat(harness.runtime.existing()).containsExactly(id);
        Observation.Ended ended = (Observation.Ended) harness.runtime.observe(id);
        assertThat(ended.problem().code()).isEqualTo(ProblemCode.INTERRUPTED);
        harness.stopAndWait(id);
        assertThat(harness.runtime.existing()).isEmpty();
        assertThat(controlGroups(id)).isEmpty();
    }

    /** A backend with one session, to be killed. */
    static final class Victim {
        public static void main(String[] arguments) throws Exception {
            LocalRuntime runtime = new LocalRuntime(Path.of(arguments[0]), Clock.systemUTC());
            SessionId id = SessionId.random(new Random());
            // The first has left the program's group and session.
            runtime.start(Order.shell("setsid " + arguments[1] + " & exec " + arguments[1])
                    .spec(id));
            Harness.await("running", () -> runtime.observe(id) instanceof Observation.Running);
            System.out.println(id);
            TimeUnit.DAYS.sleep(1);
        }
    }

    @Test
    void endsWhatAnEarlierBackendLeftRunning() throws IOException {
        SessionId id = SessionId.random(new Random());
        RunFolder run = harness.runFolder(id);
        run.create(new Account(0, false));
        List<Path> elsewhere = List.of(Files.createDirectory(harness.folder.resolve("group-of-another-place")));
        run.recordGroups(elsewhere);
        Process survivor = new ProcessBuilder("sleep", "1000").start();
        run.record(ProcessMark.of(survivor.pid()).orElseThrow());

        try (LocalRuntime next = new LocalRuntime(harness.state, Clock.systemUTC())) {
            assertThat(survivor.onExit()).succeedsWithin(Duration.ofSeconds(5));
            assertThat(next.existing()).containsExactly(id);
            next.stop(id);
            Harness.await("gone", () -> next.existing().isEmpty());
            assertThat(elsewhere.get(0)).doesNotExist();
        }
    }

    @Test
    void sparesAProcessThatOnlyHasTheNumberOfAnEarlierOne() throws IOException {
        Process stranger = new ProcessBuilder("sleep", "1000").start();
        ProcessMark mark = ProcessMark.of(stranger.pid()).orElseThrow();

        new ProcessMark(mark.pid(), mark.started() - 1, mark.boot()).kill();

        assertThat(mark.alive()).isTrue();
        stranger.destroyForcibly();
    }

    @Test
    void tellsWhenMemoryRanOut() {
        assumeThat(harness.enforcesLimits()).isTrue();
        SessionId id = harness.start(
                Order.shell("exec python3 -c 'x = bytearray(400 << 20)'").limits(2000, 128 * MB));

        Observation.Ended ended = harness.awaitEnd(id);

        assertThat(ended.problem().code()).isEqualTo(ProblemCode.OUT_OF_MEMORY);
        assertThat(ended.problem().what()).startsWith("It used more than its 128 MB of memory and was stopped.");
        assertThat(ended.problem().remedy()).contains("more memory");
    }

    @Test
    void boundsTheCpu() {
        assumeThat(harness.enforcesLimits()).isTrue();
        SessionId id = harness.startRunning(
                Order.shell("while :; do :; done & while :; do :; done").limits(400, 256 * MB));
        Instant first = harness.runtime.usage().get(0).at();
        Harness.await("a second over", () -> Instant.now().isAfter(first.plusSeconds(1)));

        List<UsageSample> samples = harness.runtime.usage();

        assertThat(samples).hasSize(1).allMatch(sample -> sample.session().equals(id));
        assertThat(samples.get(0).cpuMillis()).isBetween(50, 550);
        assertThat(samples.get(0).memoryBytes()).isBetween(100_000L, 100 * MB);
    }

    @Test
    void keepsTheLogUntilItIsForgotten() {
        SessionId id = harness.start(Order.shell("echo one; echo two >&2; printf three"));
        harness.awaitEnd(id);
        harness.runtime.note(id, "a word of the platform");
        harness.stopAndWait(id);

        assertThat(harness.output(id)).containsExactlyInAnyOrder("one", "two", "three");
        assertThat(harness.text(id)).contains("a word of the platform");

        harness.runtime.forget(id);

        assertThat(harness.runtime.log(id, 0, 100).lines()).isEmpty();
        assertThat(harness.state.resolve("sessions").resolve(id.value())).doesNotExist();
    }

    @Test
    void describesThisComputer() {
        assertThat(harness.runtime.describe().name()).isEqualTo("local");
        assertThat(harness.runtime.describe().description())
                .startsWith("bubblewrap ")
                .contains(" core", " GB");
        assertThat(harness.runtime.describe().total().memoryBytes()).isGreaterThan(100 * MB);
    }

    private static List<Path> controlGroups(SessionId id) throws IOException {
        try (Stream<Path> paths =
                Files.find(Path.of("/sys/fs/cgroup"), 8, (path, attributes) -> path.endsWith(Site.groupName(id)))) {
            return paths.toList();
        }
    }
}
