package org.datalabs.backend.runtime.local;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The arguments that make bubblewrap build one session's sandbox: a read-only system, an own {@code /tmp}, {@code /run},
 * {@code /proc} and {@code /dev}, the owner's home and the volumes, and nothing else of the computer.
 *
 * <p>They go to bubblewrap through a file, since the environment among them holds the session's token and a command line
 * is readable by every user of the computer.
 */
final class Sandbox {
    static final String HOME = "/home/user";
    static final String SOCKETS = "/run/sockets";
    static final String SESSION = "/run/datalab";
    static final String KIT = "/run/kit";

    /** The one folder in a home that the platform fills: a link to every volume. */
    static final String LINKS = "volumes";

    private static final List<String> SYSTEM_LINKS = List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");
    private static final List<String> SYSTEM_CACHES = List.of("/var/cache/fontconfig", "/var/lib/openbox");

    /** Folders around mounts: those that bubblewrap makes unasked are for their owner only, which may be root. */
    private static final List<String> SYSTEM_FOLDERS =
            List.of("/opt", "/etc", "/etc/ssl", "/etc/pki", "/etc/pki/tls", "/var", "/var/cache", "/var/lib");

    private final Tools tools;
    private final Path state;

    Sandbox(Tools tools, Path state) {
        this.tools = tools;
        this.state = state;
    }

    /**
     * What makes one sandbox different from another.
     *
     * @param run the session's run folder
     * @param kit the folder of scripts
     * @param home the owner's home
     * @param binds volumes, outer ones first
     * @param account under whose id the programs run
     * @param environment all variables; hold secrets
     * @param folder working folder
     * @param privateNetwork whether it gets a network of its own
     * @param temporaryBytes most bytes in {@code /tmp}
     */
    record Plan(
            RunFolder run,
            Path kit,
            Path home,
            List<Bind> binds,
            Account account,
            Map<String, String> environment,
            String folder,
            boolean privateNetwork,
            long temporaryBytes) {
        @Override
        public String toString() {
            return "Plan[" + home + "]";
        }
    }

    List<String> arguments(Plan plan, Collection<String> etc, boolean linksWanted) {
        List<String> arguments = new ArrayList<>();
        isolation(plan, arguments);
        system(plan, etc, arguments);
        data(plan, linksWanted, arguments);
        add(arguments, "--remount-ro", "/");
        add(arguments, "--chdir", plan.folder());
        arguments.add("--clearenv");
        new TreeMap<>(plan.environment()).forEach((name, value) -> add(arguments, "--setenv", name, value));
        return arguments;
    }

    private void isolation(Plan plan, List<String> arguments) {
        add(arguments, "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try");
        add(arguments, "--hostname", "datalab", "--die-with-parent", "--new-session");
        if (plan.privateNetwork()) {
            arguments.add("--unshare-net");
        }
        if (plan.account().switched()) {
            // The launcher's first act inside is to become the account, which takes both away for good.
            add(arguments, "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID");
        } else {
            add(arguments, "--unshare-user", "--cap-drop", "ALL");
            if (tools.canDisableUserNamespaces()) {
                arguments.add("--disable-userns");
            }
        }
    }

    private void system(Plan plan, Collection<String> etc, List<String> arguments) {
        add(arguments, "--ro-bind", "/usr", "/usr");
        for (String name : SYSTEM_LINKS) {
            Path path = Path.of("/", name);
            if (Files.isSymbolicLink(path)) {
                add(arguments, "--symlink", "usr/" + name, "/" + name);
            } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                add(arguments, "--ro-bind", "/" + name, "/" + name);
            }
        }
        SYSTEM_FOLDERS.forEach(path -> add(arguments, "--perms", "0755", "--dir", path));
        // Each by itself, so that volumes can be mounted beside them.
        SystemFiles.optional().forEach(path -> add(arguments, "--ro-bind-try", path, path));
        SYSTEM_CACHES.forEach(path -> add(arguments, "--ro-bind-try", path, path));
        etc.forEach(path -> add(arguments, "--ro-bind-try", path, path));
        add(arguments, "--proc", "/proc", "--dev", "/dev");
        add(arguments, "--perms", "1777", "--tmpfs", "/dev/shm");
        add(arguments, "--perms", "1777");
        if (tools.canBoundTemporaryFiles()) {
            add(arguments, "--size", Long.toString(plan.temporaryBytes()));
        }
        add(arguments, "--tmpfs", "/tmp");
        add(arguments, "--perms", "0755", "--tmpfs", "/run");
        for (String name : plan.run().systemFiles()) {
            add(arguments, "--ro-bind", plan.run().inside().resolve(name).toString(), "/etc/" + name);
        }
        add(arguments, "--ro-bind", plan.kit().toString(), KIT);
        add(arguments, "--ro-bind", plan.run().inside().toString(), SESSION);
        add(arguments, "--bind", plan.run().sockets().toString(), SOCKETS);
    }

    private void data(Plan plan, boolean linksWanted, List<String> arguments) {
        Set<String> folders = new TreeSet<>(List.of("/home"));
        for (Bind bind : plan.binds()) {
            Path parent = Path.of(bind.target()).getParent();
            while (parent != null && parent.getNameCount() > 0 && !parent.startsWith(HOME)) {
                folders.add(parent.toString());
                parent = parent.getParent();
            }
        }
        folders.remove("/tmp");
        folders.forEach(folder -> add(arguments, "--perms", "0755", "--dir", folder));
        add(arguments, "--bind", plan.home().toString(), HOME);
        if (linksWanted) {
            String links = HOME + "/" + LINKS;
            add(arguments, "--perms", "0755", "--tmpfs", links);
            linkNames(plan.binds()).forEach((name, target) -> add(arguments, "--symlink", target, links + "/" + name));
            add(arguments, "--remount-ro", links);
        }
        for (Bind bind : plan.binds()) {
            add(
                    arguments,
                    bind.readOnly() ? "--ro-bind" : "--bind",
                    bind.source().toString(),
                    bind.target());
            if (state.startsWith(bind.source())) {
                // The volume holds the datazone's own files, such as its database and the users' homes: cover them.
                String covered = Path.of(bind.target())
                        .resolve(bind.source().relativize(state))
                        .toString();
                add(arguments, "--tmpfs", covered, "--remount-ro", covered);
            }
        }
    }

    /** The last name of each path; for one that another has already, the whole path in one word. */
    private static Map<String, String> linkNames(List<Bind> binds) {
        Map<String, String> targets = new TreeMap<>();
        for (Bind bind : binds) {
            String name = String.valueOf(Path.of(bind.target()).getFileName());
            String whole = bind.target().substring(1).replace('/', '-');
            targets.putIfAbsent(targets.containsKey(name) ? whole : name, bind.target());
        }
        return targets;
    }

    private static void add(List<String> arguments, String... more) {
        arguments.addAll(List.of(more));
    }
}
