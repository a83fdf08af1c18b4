package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.LocalCommand;
import org.datalabs.core.catalogue.Need;

/**
 * What this computer offers for making sandboxes, found out once by trying.
 *
 * @param bubblewrap the program, or empty when it is not installed
 * @param version its version, such as 0.8.0; empty when it is not installed
 * @param refusal what it said when no sandbox could be made; empty when one could
 * @param sharedNetwork why sessions share the computer's network; empty when each gets one of its own
 */
record Tools(Optional<Path> bubblewrap, String version, String refusal, String sharedNetwork) {
    static final String NETWORK_PROGRAM = "slirp4netns";

    private static final List<Need> DESKTOP = List.of(
            new Need("Xvnc", "tigervnc-standalone-server"),
            new Need("openbox", "openbox"),
            new Need("xprop", "x11-utils"));
    private static final Need PORT_BRIDGE = new Need("socat", "socat");

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(\\.\\d+)?");
    private static final long TRIAL_SECONDS = 10;

    static Tools inspect(Programs programs, Spawner spawner) throws IOException {
        Optional<Path> bubblewrap = programs.find("bwrap");
        if (bubblewrap.isEmpty()) {
            return new Tools(bubblewrap, "", "bubblewrap is not installed.", "");
        }
        String program = bubblewrap.get().toString();
        Matcher version = VERSION.matcher(run(spawner, List.of(program, "--version")));
        String name = version.find() ? version.group() : "";
        List<String> trial = new ArrayList<>(List.of(program, "--ro-bind", "/", "/", "--unshare-pid"));
        trial.addAll(List.of("--unshare-ipc", "--unshare-uts", "--unshare-net", "--proc", "/proc", "--dev", "/dev"));
        if (Account.ownUid() != 0) {
            trial.add("--unshare-user");
        }
        trial.addAll(List.of("--", "/bin/echo", "made"));
        String answer = run(spawner, trial);
        boolean made = answer.equals("made");
        return new Tools(bubblewrap, name, made ? "" : answer, made ? sharedNetwork(programs) : "");
    }

    private static String sharedNetwork(Programs programs) {
        if (programs.find(NETWORK_PROGRAM).isEmpty()) {
            return "slirp4netns is not installed";
        }
        Path device = Path.of("/dev/net/tun");
        return Files.isReadable(device) && Files.isWritable(device) ? "" : device + " cannot be opened";
    }

    /** Whether a session gets a network of its own that reaches the outside and not this computer. */
    boolean privateNetworks() {
        return sharedNetwork.isEmpty();
    }

    /** What a version of a kind needs in all. */
    List<Need> needs(LocalCommand command, Kind kind) {
        List<Need> needs = new ArrayList<>(command.needs());
        if (kind == Kind.DESKTOP) {
            needs.addAll(DESKTOP);
        } else if (ProgramCommand.mentions(command, "port")) {
            needs.add(PORT_BRIDGE);
        }
        return needs;
    }

    /** {@code --size} came with 0.7. */
    boolean canBoundTemporaryFiles() {
        return atLeast(0, 7);
    }

    /** {@code --disable-userns} came with 0.8. */
    boolean canDisableUserNamespaces() {
        return atLeast(0, 8);
    }

    private boolean atLeast(int major, int minor) {
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            return false;
        }
        int ownMajor = Integer.parseInt(matcher.group(1));
        return ownMajor > major || (ownMajor == major && Integer.parseInt(matcher.group(2)) >= minor);
    }

    private static String run(Spawner spawner, List<String> command) throws IOException {
        Process process = spawner.start(command);
        process.getOutputStream().close();
        try {
            if (!process.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return command.get(0) + " did not answer.";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while trying " + command.get(0), e);
        }
        byte[] said = process.exitValue() == 0
                ? process.getInputStream().readAllBytes()
                : process.getErrorStream().readAllBytes();
        return new String(said, StandardCharsets.UTF_8).strip();
    }
}
