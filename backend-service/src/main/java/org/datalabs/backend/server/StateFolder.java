package org.datalabs.backend.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** The folder of everything that is kept, held by one service at a time. */
final class StateFolder implements AutoCloseable {
    private static final int TOKEN_BYTES = 32;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;
    private final FileChannel channel;

    private StateFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Makes the folder if need be and takes hold of it.
     *
     * @throws ProblemException ALREADY_RUNNING when another service holds it, DISK_FULL or FORBIDDEN when it cannot be
     *     written
     */
    static StateFolder hold(Path folder) {
        FileChannel channel = null;
        try {
            Files.createDirectories(folder, OWNER_ONLY_FOLDER);
            channel = FileChannel.open(
                    folder.resolve("lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_ONLY);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new ProblemException(
                        ProblemCode.ALREADY_RUNNING,
                        "Datalabs is already running with the folder " + folder + ".",
                        "Use the window that is open, or close it first.");
            }
            return new StateFolder(folder, channel);
        } catch (IOException e) {
            close(channel);
            throw unusable(folder, e);
        }
    }

    Path folder() {
        return folder;
    }

    Path database() {
        return folder.resolve("db");
    }

    Path log() {
        return folder.resolve("log");
    }

    /** The bearer token of a service that runs alone; made at the first start, readable by its owner only. */
    String token() {
        Path file = folder.resolve("token");
        try {
            if (Files.exists(file)) {
                String token = Files.readString(file, StandardCharsets.US_ASCII).strip();
                if (!token.isEmpty()) {
                    return token;
                }
                Files.delete(file);
            }
            byte[] bytes = new byte[TOKEN_BYTES];
            new SecureRandom().nextBytes(bytes);
            String token = HexFormat.of().formatHex(bytes);
            Files.createFile(file, OWNER_ONLY);
            Files.writeString(file, token + "\n", StandardCharsets.US_ASCII);
            return token;
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    @Override
    public void close() {
        close(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another service of this very process
        }
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return reason == null ? "it cannot be made" : reason;
    }

    private static ProblemException unusable(Path path, IOException e) {
        boolean full = String.valueOf(e.getMessage()).contains("No space left on device");
        return new ProblemException(
                full
                        ? Problem.of(
                                ProblemCode.DISK_FULL,
                                "The disk that holds " + path + " is full.",
                                "Delete files that are not needed, then start again.")
                        : Problem.of(
                                ProblemCode.FORBIDDEN,
                                "The folder " + path + " cannot be used: " + reason(e) + ".",
                                "Choose another folder with --state, or allow writing to this one."),
                e);
    }
}
