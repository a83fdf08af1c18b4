package org.datalabs.backend.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.runtime.local.Harness.Order;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.SessionId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a session sees and what it does not, asked from inside. */
class SandboxTest {
    private static Harness harness;

    @BeforeAll
    static void open() throws IOException {
        harness = new Harness();
    }

    @AfterAll
    static void close() throws IOException {
        harness.close();
    }

    @Test
    void seesOnlyItsOwnProcesses() {
        SessionId other = harness.startRunning(Order.shell("exec " + harness.nap));

        List<String> seen = harness.outputOf(Order.shell("cat /proc/[0-9]*/cmdline | tr '\\0' ' '; echo; ls /proc"));

        assertThat(String.join("\n", seen)).contains("supervise.sh").doesNotContain(harness.nap, "java");
        assertThat(seen.stream().filter(line -> line.matches("\\d+")).count()).isLessThan(12);
        harness.stopAndWait(other);
    }

    @Test
    void seesNoFilesOfTheComputerBeyondItsSystem() throws IOException {
        Path secret = Files.writeString(harness.folder.resolve("secret"), "x");

        List<String> seen = harness.outputOf(Order.shell("ls -A /; ls -A /home /run /tmp; cat " + secret
                + "; cat /etc/shadow; ls " + harness.state + "; touch /usr/x /etc/x /x; echo end"));

        assertThat(seen).contains("end", "user").doesNotContain("root", "work");
        assertThat(seen)
                .anyMatch(line -> line.contains(secret.toString()) && line.contains("No such file"))
                .anyMatch(line -> line.contains("/etc/shadow") && line.contains("No such file"))
                .anyMatch(line -> line.contains("'/usr/x'") && line.contains("Read-only"))
                .anyMatch(line -> line.contains("'/etc/x'"))
                .anyMatch(line -> line.contains("'/x'"));
    }

    @Test
    void hasNoRightsOverTheSystem() {
        List<String> seen =
                harness.outputOf(Order.shell("grep -E 'CapEff|CapPrm|NoNewPrivs|Seccomp:' /proc/self/status;"
                        + " echo x >/proc/sys/kernel/hostname; unshare -U true; unshare -n true; mount -t tmpfs x /tmp;"
                        + " kill -9 1; id -u"));

        assertThat(seen)
                .contains("CapEff:\t0000000000000000", "CapPrm:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2")
                .doesNotContain("0")
                .anyMatch(line -> line.contains("hostname") && line.contains("cannot create"))
                .anyMatch(line -> line.contains("unshare failed"))
                .anyMatch(line -> line.startsWith("mount:"));
    }

    @Test
    void hasAnEnvironmentOfItsOwn() {
        List<String> seen = harness.outputOf(Order.shell("env; echo {base}").environment("FROM_OPTION", "7"));

        assertThat(seen)
                .contains("HOME=/home/user", "USER=user", "T=[token]", "FROM_OPTION=7")
                .anyMatch(line -> line.startsWith("/s/"));
        assertThat(seen)
                .noneMatch(
                        line -> line.startsWith("JAVA_HOME=") || line.startsWith("MAVEN") || line.contains("surefire"));
    }

    @Test
    void keepsItsTokenOffEveryCommandLine() {
        SessionId id = harness.startRunning(Order.shell("exec " + harness.nap));

        assertThat(Harness.processesNaming(harness.nap)).isNotEmpty();
        assertThat(Harness.processesNaming("secret-token")).isEmpty();
        harness.stopAndWait(id);
    }

    @Test
    void reachesNoServerOnThisComputersLoopback() throws IOException {
        assumeThat(harness.hasPrivateNetworks()).isTrue();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.start();
        int port = server.getAddress().getPort();
        try {
            // Once the way out is open, the gateway must still not lead to this computer's loopback.
            List<String> seen =
                    harness.outputOf(Order.shell("for i in $(seq 100); do grep -q tap0 /proc/net/route && break;"
                            + " sleep 0.1; done; grep -c tap0 /proc/net/route;"
                            + " for host in 127.0.0.1 10.0.2.2 localhost; do curl -s -m 2 http://$host:" + port
                            + "/ >/dev/null && echo reached $host; done; echo end"));

            assertThat(seen).contains("2", "end").noneMatch(line -> line.startsWith("reached"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void reachesNoOtherSession() {
        assumeThat(harness.hasPrivateNetworks()).isTrue();
        SessionId other = harness.startRunning(
                Order.shell("socat TCP-LISTEN:7777,fork,reuseaddr - & socat ABSTRACT-LISTEN:shared,fork -"));

        List<String> seen = harness.outputOf(Order.shell("socat -u TCP:127.0.0.1:7777,connect-timeout=1 - ;"
                + " socat -u ABSTRACT-CONNECT:shared -; ls /run/sockets; ls /tmp; ipcs -m | wc -l"));

        assertThat(seen)
                .anyMatch(line -> line.contains("Connection refused"))
                .anyMatch(line -> line.contains("shared") && line.contains("refused"));
        harness.stopAndWait(other);
    }

    @Test
    void readsButDoesNotWriteAReadOnlyVolume() throws IOException {
        Path files = Files.createDirectory(harness.folder.resolve("read-only"));
        Files.writeString(files.resolve("a.txt"), "content of a\n");
        Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxrwxrwx"));

        List<String> seen = harness.outputOf(Order.shell(
                        "cat /data/files/a.txt; touch /data/files/b.txt; ls ~/volumes/files;" + " touch ~/volumes/x")
                .volume("files", files, "/data/files", true));

        assertThat(seen)
                .contains("content of a", "a.txt")
                .anyMatch(line -> line.contains("/data/files/b.txt") && line.contains("Read-only"))
                .anyMatch(line -> line.contains("volumes/x") && line.contains("Read-only"));
        assertThat(files.resolve("b.txt")).doesNotExist();
    }

    @Test
    void mountsWhereverTheRulesAllow() throws IOException {
        Path files = Files.createDirectory(harness.folder.resolve("anywhere"));
        Files.writeString(files.resolve("a.txt"), "a");
        List<String> targets = List.of(
                "/data/deep/er/x", "/opt/x", "/tmp/x", "/root/x", "/home/other/x", "/home/user/x", "/newroot/x", "/x");
        Order order =
                Order.shell("cat " + String.join("/a.txt ", targets) + "/a.txt; echo; ls ~/volumes; touch /tmp/new");
        for (int i = 0; i < targets.size(); i++) {
            order.volume("v" + i, files, targets.get(i), true);
        }

        List<String> seen = harness.outputOf(order);

        assertThat(seen).startsWith("a".repeat(targets.size())).contains("x", "opt-x", "home-other-x");
        assertThat(seen).noneMatch(line -> line.contains("/tmp/new"));
    }

    @Test
    void writesAWritableVolume() throws IOException {
        Path files = Files.createDirectory(harness.folder.resolve("writable"));
        Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxrwxrwx"));

        harness.outputOf(
                Order.shell("echo made inside >/data/files/b.txt").volume("files", files, "/data/files", false));

        assertThat(files.resolve("b.txt")).hasContent("made inside");
    }

    @Test
    void keepsAHomeForEachUser() {
        harness.outputOf(Order.shell("echo mine >~/notes").owner("bob"));

        assertThat(harness.outputOf(Order.shell("cat ~/notes; ls -A ~").owner("bob")))
                .containsExactly("mine", "notes");
        assertThat(harness.outputOf(Order.shell("cat ~/notes").owner("carol"))).noneMatch(line -> line.equals("mine"));
        assertThat(harness.outputOf(Order.shell("ls -A ~").owner(".."))).isEmpty();
    }

    @Test
    void coversTheStateFolderInAVolumeThatHoldsIt() {
        List<String> seen = harness.outputOf(Order.shell("ls -A /data/all; ls -A /data/all/state; echo end")
                .volume("all", harness.folder, "/data/all", true));

        assertThat(seen).contains("state").endsWith("end").doesNotContain("homes", "run");
    }

    @Test
    void refusesToMountWhatIsNotSharedData() throws IOException {
        for (Path folder :
                List.of(harness.state.resolve("homes"), Path.of("/proc"), Path.of("/"), Path.of("/nowhere"))) {
            assertProblem(Order.shell("true").volume("v", folder, "/data/v", true), ProblemCode.VOLUME_UNAVAILABLE);
        }
        Path link = Files.createSymbolicLink(harness.folder.resolve("innocent"), harness.state.resolve("homes"));
        assertProblem(Order.shell("true").volume("v", link, "/data/v", true), ProblemCode.VOLUME_UNAVAILABLE);
        Path file = Files.writeString(harness.folder.resolve("file"), "x");
        assertProblem(Order.shell("true").volume("v", file, "/data/v", true), ProblemCode.VOLUME_UNAVAILABLE);
        for (String target :
                List.of("/usr/lib", "/", "/home/user", "/data/../etc", "relative", "/proc/1", "/home/user/volumes/v")) {
            assertProblem(
                    Order.shell("true").volume("v", harness.folder, target, true), ProblemCode.VOLUME_UNAVAILABLE);
        }
    }

    @Test
    void mountsNothingThroughALinkThatASessionPlanted() {
        harness.outputOf(Order.shell("ln -s /oldroot/tmp ~/escape").owner("mallory"));

        Observation.Ended ended = assertProblem(
                Order.shell("true").owner("mallory").volume("v", harness.folder, "/home/user/escape/v", true),
                ProblemCode.VOLUME_UNAVAILABLE);

        assertThat(ended.problem().what()).contains("escape is not a folder");
    }

    @Test
    void publishesNoSocketThatIsALink() throws IOException {
        SessionId id = harness.startRunning(
                Order.shell("ln -s /run/other.sock /run/sockets/web; echo linked; exec " + harness.nap));
        Harness.await("linked", () -> harness.output(id).contains("linked"));
        RunFolder run = harness.runFolder(id);

        assertThat(run.linkSocket(Kind.WEB)).isFalse();
        assertThat(run.socket(Kind.WEB)).doesNotExist();
        harness.stopAndWait(id);
    }

    private static Observation.Ended assertProblem(Order order, ProblemCode code) {
        SessionId id = harness.start(order);
        Observation.Ended ended = harness.awaitEnd(id);
        assertThat(ended.problem().code()).as(ended.problem().text()).isEqualTo(code);
        harness.stopAndWait(id);
        return ended;
    }
}
