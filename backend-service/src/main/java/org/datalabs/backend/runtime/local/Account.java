package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.datalabs.core.identity.UserId;

/**
 * The system user under which a session's programs run. An ordinary user's backend uses that user's own id. A backend of
 * root gives each user an id of its own, since root without capabilities still owns the files under {@code /proc/sys}.
 *
 * @param uid user and group id
 * @param switched whether the backend has to change to it
 */
record Account(int uid, boolean switched) {
    /** Debian leaves these ids to the system's own administrator; none is ever shared with a service. */
    private static final int FIRST = 50_000;

    private static final int COUNT = 9_000;
    private static final int OTHERS_READ = 0004;
    private static final int OTHERS_WRITE = 0002;
    private static final int OTHERS_SEARCH = 0001;
    private static final int OWNER_TO_OTHERS = 6;
    private static final int GROUP_TO_OTHERS = 3;

    static Account of(int ownUid, UserId user) {
        return ownUid == 0
                ? new Account(FIRST + Math.floorMod(user.value().hashCode(), COUNT), true)
                : new Account(ownUid, false);
    }

    /** The user id under which the backend itself runs. */
    static int ownUid() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    /** Makes a folder and all in it this account's own, where they are another's. */
    void own(Path folder) throws IOException {
        if (!switched || owner(folder) == uid) {
            return;
        }
        Files.walkFileTree(folder, Set.of(), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                give(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                give(path);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Makes one file this account's own. */
    void give(Path path) throws IOException {
        if (switched) {
            Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        }
    }

    boolean canRead(Path folder) throws IOException {
        return switched ? granted(folder, OTHERS_READ | OTHERS_SEARCH) : Files.isReadable(folder);
    }

    boolean canWrite(Path folder) throws IOException {
        return switched ? granted(folder, OTHERS_WRITE | OTHERS_SEARCH) : Files.isWritable(folder);
    }

    private boolean granted(Path folder, int rights) throws IOException {
        int mode = (int) Files.getAttribute(folder, "unix:mode");
        int shift = owner(folder) == uid
                ? OWNER_TO_OTHERS
                : (int) Files.getAttribute(folder, "unix:gid") == uid ? GROUP_TO_OTHERS : 0;
        return ((mode >> shift) & rights) == rights;
    }

    private static int owner(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
