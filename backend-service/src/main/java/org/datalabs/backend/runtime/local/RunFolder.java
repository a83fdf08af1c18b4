package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one session that runs, for its owner only:
 *
 * <ul>
 *   <li>{@code processes}: what was started for it, so that a later backend can end what an earlier one left;
 *   <li>{@code groups}: folders of its control group;
 *   <li>{@code inside}: files that the session may read;
 *   <li>{@code s}: where the session's own server makes its socket; which the session may write;
 *   <li>{@code home}: its home, where that is temporary;
 *   <li>{@code rfb} or {@code web}: a hard link to that socket. The session could replace its own entry by a symbolic
 *       link to any socket of this computer, and whoever connects to it would be led there; it cannot touch this one.
 * </ul>
 */
final class RunFolder {
    /** {@code sun_path} holds 108 bytes with its end (unix(7)). */
    private static final int LONGEST_SOCKET_PATH = 107;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);

    private final Path folder;

    RunFolder(Path folder) {
        this.folder = folder;
    }

    static String socketName(Kind kind) {
        return kind == Kind.DESKTOP ? "rfb" : "web";
    }

    Path folder() {
        return folder;
    }

    Path inside() {
        return folder.resolve("inside");
    }

    Path sockets() {
        return folder.resolve("s");
    }

    Path socket(Kind kind) {
        return folder.resolve(socketName(kind));
    }

    Path arguments() {
        return folder.resolve("arguments");
    }

    private Path home() {
        return folder.resolve("home");
    }

    /** Whether the session has a home of its own, which goes with this folder. */
    boolean hasHome() {
        return Files.isDirectory(home(), LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes a home of the session's own. */
    Path createHome(Account account) throws IOException {
        createFolder(home());
        account.give(home());
        return home();
    }

    private static void createFolder(Path path) throws IOException {
        Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }

    private Path processes() {
        return folder.resolve("processes");
    }

    /** Files of {@code inside} that take the place of the system's in {@code /etc}. */
    List<String> systemFiles() {
        return List.of("passwd", "group", "hosts", "hostname", "resolv.conf", "nsswitch.conf", "machine-id");
    }

    /**
     * Makes the folder.
     *
     * @throws ProblemException when its path is too long for a socket
     */
    void create(Account account) throws IOException {
        int longest = socket(Kind.DESKTOP).toString().getBytes(StandardCharsets.UTF_8).length + "/.new".length();
        if (longest > LONGEST_SOCKET_PATH) {
            throw new ProblemException(
                    ProblemCode.START_FAILED,
                    "The path of the state folder is too long: a socket's path may have " + LONGEST_SOCKET_PATH
                            + " bytes, and " + socket(Kind.DESKTOP) + " has more.",
                    "Start the datazone with a state folder of a shorter path.");
        }
        for (Path path : List.of(folder, inside(), sockets())) {
            createFolder(path);
        }
        // The session reads one and writes the other; the folder around them stays the backend's own.
        account.give(inside());
        account.give(sockets());
    }

    /** Writes a file that the session may read. */
    void writeInside(String name, byte[] content, Account account) throws IOException {
        Path file = inside().resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, content);
        account.give(file);
    }

    void writeArguments(List<String> arguments) throws IOException {
        Files.createFile(
                arguments(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(arguments(), String.join("\0", arguments) + "\0");
    }

    /** The arguments hold secrets and are of no use once the sandbox stands. */
    void dropArguments() {
        try {
            Files.deleteIfExists(arguments());
        } catch (IOException e) {
            LOG.warn("{} could not be deleted", arguments(), e);
        }
    }

    void record(ProcessMark mark) throws IOException {
        Files.writeString(processes(), mark.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void recordGroups(List<Path> folders) throws IOException {
        Files.write(
                folder.resolve("groups"), folders.stream().map(Path::toString).toList());
    }

    /** Folders of the session's control group. */
    List<Path> groups() throws IOException {
        Path groups = folder.resolve("groups");
        return Files.exists(groups)
                ? Files.readAllLines(groups).stream().map(Path::of).toList()
                : List.of();
    }

    /** What was started for the session, oldest first. */
    List<ProcessMark> processMarks() {
        try {
            return Files.readAllLines(processes()).stream()
                    .flatMap(line -> ProcessMark.parse(line).stream())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Publishes the session's socket, if it has made one. Returns whether it is published now. */
    boolean linkSocket(Kind kind) throws IOException {
        Path made = sockets().resolve(socketName(kind));
        Path fresh = folder.resolve(".new");
        Files.deleteIfExists(fresh);
        try {
            Files.createLink(fresh, made);
        } catch (NoSuchFileException e) {
            return false;
        } catch (FileAlreadyExistsException e) {
            throw new IOException("someone else works in " + folder, e);
        }
        BasicFileAttributes attributes =
                Files.readAttributes(fresh, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isOther()) {
            Files.delete(fresh);
            return false;
        }
        Files.move(fresh, socket(kind), StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    boolean exists() {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static void remove(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            // The session may have closed its own folders even to their owner.
            Files.setPosixFilePermissions(path, OWNER_ONLY);
            try (DirectoryStream<Path> content = Files.newDirectoryStream(path)) {
                for (Path inside : content) {
                    remove(inside);
                }
            }
        }
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            throw new IOException("something still writes to " + path, e);
        }
    }

    /** Removes the folder and all in it; following no link. */
    void remove() throws IOException {
        if (exists()) {
            remove(folder);
        }
    }
}
