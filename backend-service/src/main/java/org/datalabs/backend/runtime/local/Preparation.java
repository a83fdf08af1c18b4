package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.LocalCommand;
import org.datalabs.core.catalogue.Need;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.StartStep;

/** Everything before the first process of a session: checks, folders, files, and the command that starts it. */
final class Preparation {
    /** Below this a session would fail at its first file, in words of its own. */
    private static final long LEAST_FREE_BYTES = 32L << 20;

    private static final long LEAST_TEMPORARY_BYTES = 64L << 20;
    private static final int MEBIBYTE_SHIFT = 20;
    private static final String PRIVATE_PORT = "8888";

    private final Site site;
    private final SessionSpec spec;
    private final Account account;
    private final SecureRandom random = new SecureRandom();

    Preparation(Site site, SessionSpec spec) {
        this.site = site;
        this.spec = spec;
        this.account = Account.of(site.ownUid(), spec.owner());
    }

    /**
     * A session about to start.
     *
     * @param run its folder
     * @param group its control group, where there are any
     * @param command what to start
     */
    record Prepared(RunFolder run, Optional<ControlGroup> group, List<String> command) {}

    /**
     * Prepares the session and tells each step.
     *
     * @throws ProblemException when it cannot be started, with the reason for the owner
     * @throws IOException when the disk or the system refuses
     */
    Prepared prepare(StartSteps steps) throws IOException {
        steps.begin(StartStep.Kind.IMAGE, "Finding the programs");
        LocalCommand command = programs();
        steps.done(
                StartStep.Kind.IMAGE,
                "Found " + command.needs().stream().map(Programs::name).collect(Collectors.joining(", ")));
        steps.begin(StartStep.Kind.VOLUMES, "Mounting the volumes");
        requireSpace();
        RunFolder run = site.runFolder(spec.id());
        run.create(account);
        Path home = spec.plan().version().home() == Home.TEMPORARY ? run.createHome(account) : personalHome();
        List<Bind> binds = new VolumeFolders(site.state()).binds(spec.plan().mounts(), spec.volumes(), home, account);
        steps.done(
                StartStep.Kind.VOLUMES,
                binds.isEmpty()
                        ? "Home mounted"
                        : "Home and " + binds.size() + (binds.size() == 1 ? " volume" : " volumes") + " mounted");
        steps.begin(StartStep.Kind.PROCESS, "Starting " + spec.plan().datalabName());
        return build(run, command, home, binds);
    }

    private LocalCommand programs() {
        LocalCommand command = spec.plan().version().local();
        String name = spec.plan().datalabName();
        if (command == null) {
            throw new ProblemException(
                    ProblemCode.NOT_AVAILABLE_HERE, name + " does not run on this computer.", "Choose a cluster.");
        }
        if (!site.tools().refusal().isEmpty()) {
            throw new ProblemException(
                    ProblemCode.SANDBOX_UNAVAILABLE,
                    LocalAvailability.NO_SANDBOX,
                    LocalAvailability.remedy(site.tools()));
        }
        List<Need> missing =
                site.programs().missing(site.tools().needs(command, spec.plan().kind()));
        if (!missing.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.PROGRAM_MISSING,
                    LocalAvailability.missing(missing),
                    LocalAvailability.install(missing));
        }
        return command;
    }

    private void requireSpace() throws IOException {
        if (Files.getFileStore(site.state()).getUsableSpace() < LEAST_FREE_BYTES) {
            throw new ProblemException(
                    ProblemCode.DISK_FULL,
                    "The disk that holds " + site.state() + " is full.",
                    "Delete what is not needed and try again.");
        }
    }

    private Path personalHome() throws IOException {
        // A user id may start with a dot; a folder name that does could be "..".
        String name = spec.owner().value().replaceFirst("^\\.", "%2E");
        Path home = site.state().resolve("homes").resolve(name);
        Files.createDirectories(
                home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        account.own(home);
        return home;
    }

    private Prepared build(RunFolder run, LocalCommand local, Path home, List<Bind> binds) throws IOException {
        boolean privateNetwork = site.tools().privateNetworks();
        boolean bridged = spec.plan().kind() == Kind.WEB && ProgramCommand.mentions(local, "port");
        String port = privateNetwork || !bridged ? PRIVATE_PORT : freePort();
        long memory = spec.plan().resources().memoryBytes();
        Map<String, String> values = Map.of(
                "socket",
                Sandbox.SOCKETS + "/" + RunFolder.socketName(Kind.WEB),
                "port",
                port,
                "base",
                spec.basePath(),
                "token",
                spec.token(),
                "home",
                Sandbox.HOME,
                "memory_mb",
                Long.toString(memory >> MEBIBYTE_SHIFT));
        ProgramCommand program = ProgramCommand.of(local, values, spec.plan().options());

        for (Map.Entry<String, String> file :
                SystemFiles.madeUp(account, privateNetwork, random).entrySet()) {
            run.writeInside(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8), account);
        }
        run.writeInside("program", script(program, bridged, port), account);
        if (spec.plan().kind() == Kind.DESKTOP) {
            run.writeInside("authority", SystemFiles.authority(random), account);
        }
        Sandbox.Plan plan = new Sandbox.Plan(
                run,
                site.kit().folder(),
                home,
                binds,
                account,
                environment(program),
                spec.plan().kind() == Kind.DESKTOP ? workingFolder(binds) : Sandbox.HOME,
                privateNetwork,
                Math.max(LEAST_TEMPORARY_BYTES, memory / 2));
        boolean linksPossible = !binds.isEmpty() && makeLinksFolder(home);
        run.writeArguments(new Sandbox(site.tools(), site.state()).arguments(plan, SystemFiles.shown(), linksPossible));
        run.recordGroups(site.groups().folders(Site.groupName(spec.id())));
        Optional<ControlGroup> group =
                site.groups().create(Site.groupName(spec.id()), spec.plan().resources());
        return new Prepared(run, group, command(run, group));
    }

    private List<String> command(RunFolder run, Optional<ControlGroup> group) {
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                site.kit().launch().toString(),
                run.arguments().toString(),
                site.kit().filter().map(Path::toString).orElse(""),
                group.map(found ->
                                found.joinFiles().stream().map(Path::toString).collect(Collectors.joining("\n")))
                        .orElse(""),
                site.tools().bubblewrap().orElseThrow().toString()));
        if (account.switched()) {
            String uid = Integer.toString(account.uid());
            command.addAll(List.of("setpriv", "--reuid", uid, "--regid", uid, "--clear-groups"));
            command.addAll(List.of("--inh-caps=-all", "--no-new-privs", "--"));
        }
        command.addAll(List.of("/bin/sh", site.kit().supervisor()));
        return command;
    }

    private Map<String, String> environment(ProgramCommand program) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH", site.programs().searchPath(),
                "HOME", Sandbox.HOME,
                "USER", "user",
                "LOGNAME", "user",
                "SHELL", "/bin/bash",
                "LANG", "C.UTF-8",
                "XDG_RUNTIME_DIR", "/tmp/runtime",
                // A hub of another session of the same home cannot be reached: each session has its own.
                "SAMP_HUB", "std-lockurl:file:///tmp/.samp"));
        environment.putAll(spec.plan().environment());
        environment.putAll(program.environment());
        return environment;
    }

    /** The deepest folder that holds all volumes, where file choosers then open; the home when there is none. */
    static String workingFolder(List<Bind> binds) {
        Path common = null;
        for (Bind bind : binds) {
            Path target = Path.of(bind.target());
            common = common == null ? target : common;
            while (common != null && !target.startsWith(common)) {
                common = common.getParent();
            }
        }
        return common == null || common.getNameCount() == 0 ? Sandbox.HOME : common.toString();
    }

    /** Returns whether there is a folder for links now: an earlier session may have put something else in its place. */
    private boolean makeLinksFolder(Path home) throws IOException {
        Path links = home.resolve(Sandbox.LINKS);
        if (!Files.exists(links, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(links);
            account.give(links);
        }
        return Files.isDirectory(links, LinkOption.NOFOLLOW_LINKS);
    }

    private byte[] script(ProgramCommand program, boolean bridged, String port) {
        String kind = spec.plan().kind() == Kind.DESKTOP ? "desktop" : bridged ? "bridged" : "web";
        String words = program.words().stream().map(Preparation::quote).collect(Collectors.joining(" "));
        return ("kind=" + kind + "\nport=" + port + "\ntitle="
                        + quote(spec.plan().name()) + "\nset -- " + words + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
