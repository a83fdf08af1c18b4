package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.MountRules;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;

/**
 * Turns mounts into folders that may really be bound into a sandbox. What the store knows of a folder may be long out of
 * date, so everything is looked at again on the disk: where it really is, what it is, and who may use it.
 */
final class VolumeFolders {
    /** Nothing below these is data. */
    private static final List<Path> NEVER_SHARED =
            List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"), Path.of("/run"));

    private final Path state;
    private final Path shared;

    VolumeFolders(Path state) {
        this.state = state;
        this.shared = state.resolve("volumes");
    }

    /**
     * Checks every mount.
     *
     * @return the folders to bind, outer ones before those inside them
     * @throws ProblemException when one cannot be mounted
     */
    List<Bind> binds(List<Mount> mounts, Map<VolumeId, Volume> volumes, Path home, Account account) {
        List<Bind> binds = new ArrayList<>();
        List<Mount> outerFirst = mounts.stream()
                .sorted(Comparator.comparingInt(mount -> mount.path().length()))
                .toList();
        for (Mount mount : outerFirst) {
            Volume volume = volumes.get(mount.volume());
            if (volume == null) {
                throw unavailable("The volume " + mount.volume() + " is not known here.", "Choose another volume.");
            }
            boolean readOnly = mount.readOnly() || volume.readOnly();
            Bind bind = new Bind(folder(volume, readOnly, account), target(mount), readOnly);
            refuseDetours(bind, home, binds);
            binds.add(bind);
        }
        return binds;
    }

    private Path folder(Volume volume, boolean readOnly, Account account) {
        String folder = volume.folder();
        if (folder == null) {
            throw unavailable("The volume " + volume.name() + " is not on this computer.", "Launch without it.");
        }
        String named = "The folder " + folder + " of the volume " + volume.name();
        try {
            Path real = Path.of(folder).toRealPath();
            if (!Files.isDirectory(real)) {
                throw unavailable(named + " is not a folder.", "Choose another folder for the volume.");
            }
            if (!mayBeShared(real)) {
                throw unavailable(
                        named + " holds files of the system or of other users.", "Choose another folder for it.");
            }
            if (!account.canRead(real)) {
                throw unavailable(named + " cannot be read by datalabs.", readable(real, account, "read"));
            }
            if (!readOnly && !account.canWrite(real)) {
                throw unavailable(
                        named + " cannot be written by datalabs.",
                        "Mount it read-only, or: " + readable(real, account, "written"));
            }
            return real;
        } catch (NoSuchFileException e) {
            throw unavailable(named + " does not exist any more.", "Restore the folder, or remove the volume.");
        } catch (AccessDeniedException e) {
            throw unavailable(named + " cannot be read.", "Change the rights of the folder, or remove the volume.");
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.VOLUME_UNAVAILABLE,
                            named + " cannot be used: " + e.getMessage() + ".",
                            "Check the disk, or launch without it."),
                    e);
        }
    }

    private static String readable(Path folder, Account account, String verb) {
        return account.switched()
                ? "Datalabs runs as root, and its programs as the user id " + account.uid() + ": let " + folder + " be "
                        + verb + " by that user or by everybody."
                : "Change the rights of the folder, or launch without it.";
    }

    private boolean mayBeShared(Path real) {
        if (real.getNameCount() == 0 || NEVER_SHARED.stream().anyMatch(real::startsWith)) {
            return false;
        }
        return !real.startsWith(state) || (real.startsWith(shared) && !real.equals(shared));
    }

    private static String target(Mount mount) {
        Path links = Path.of(Sandbox.HOME, Sandbox.LINKS);
        Optional<String> error = MountRules.pathError(mount.path());
        if (error.isPresent() || Path.of(mount.path()).startsWith(links)) {
            throw unavailable(
                    "Nothing can be mounted at " + mount.path() + ".",
                    error.orElse("Choose another, such as /data/m31."));
        }
        return mount.path();
    }

    /**
     * A mount point inside the home or inside another volume is made by following that folder's own entries, which an
     * earlier session may have replaced by links to elsewhere.
     */
    private static void refuseDetours(Bind bind, Path home, List<Bind> outer) {
        List<Bind> containers = new ArrayList<>(outer);
        containers.add(new Bind(home, Sandbox.HOME, false));
        Path target = Path.of(bind.target());
        for (Bind container : containers) {
            Path inside = Path.of(container.target());
            if (target.equals(inside)) {
                throw unavailable("Two volumes share the path " + target + ".", "Give each a path of its own.");
            }
            if (!target.startsWith(inside)) {
                continue;
            }
            Path entry = container.source();
            for (Path name : inside.relativize(target)) {
                entry = entry.resolve(name);
                boolean absent = !Files.exists(entry, LinkOption.NOFOLLOW_LINKS);
                if (absent ? container.readOnly() : !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    throw unavailable(
                            "Nothing can be mounted at " + target + ": " + name + " is not a folder in "
                                    + container.target() + ".",
                            "Choose another path, such as /data/files.");
                }
            }
        }
    }

    private static ProblemException unavailable(String what, String remedy) {
        return new ProblemException(ProblemCode.VOLUME_UNAVAILABLE, what, remedy);
    }
}
