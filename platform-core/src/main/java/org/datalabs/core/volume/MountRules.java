package org.datalabs.core.volume;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.datalabs.core.problem.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * Which volumes may appear where in a session. Pure functions of their arguments.
 *
 * <p>A path is absolute and normalised, lies outside the places that belong to the system, and neither equals, holds
 * nor is inside the path of another mount.
 */
public final class MountRules {
    /** Most mounts of one session. */
    public static final int MOST_MOUNTS = 50;

    /** Owned by the system, with everything in them. */
    private static final Pattern SYSTEM =
            Pattern.compile("/(proc|sys|dev|etc|usr|bin|sbin|lib(32|64|x32|exec)?|boot|run|var)(/.*)?");

    /** Sockets of displays, which are not to be covered either. */
    private static final Pattern SOCKETS = Pattern.compile("/tmp/\\.[^/]*-(unix|lock)(/.*)?");

    /** Folders that may hold mounts but not be replaced, since programs keep their own files in them. */
    private static final Pattern KEPT = Pattern.compile("/tmp|/opt|/root|/home(/[^/]+)?");

    private MountRules() {}

    /**
     * Checks the mounts of a session.
     *
     * @param volumes the volumes that the user may mount
     * @return what is refused, at most one error per value, in the order of {@code mounts}; empty when all is well. Fields are
     *     {@code mounts}, {@code mounts[i].path}, {@code mounts[i].volume}, {@code mounts[i].readOnly}
     */
    public static List<FieldError> check(List<Mount> mounts, Map<VolumeId, Volume> volumes) {
        List<FieldError> errors = new ArrayList<>();
        if (mounts.size() > MOST_MOUNTS) {
            errors.add(new FieldError("mounts", "Choose at most " + MOST_MOUNTS + " volumes."));
            return errors;
        }
        for (int index = 0; index < mounts.size(); index++) {
            Mount mount = mounts.get(index);
            String field = "mounts[" + index + "]";
            if (isIncomplete(mount)) {
                errors.add(new FieldError(field, "Give a volume and a path."));
                continue;
            }
            Volume volume = volumes.get(mount.volume());
            volumeError(mount, volume).ifPresent(message -> errors.add(new FieldError(field + ".volume", message)));
            int at = index;
            pathError(mount.path())
                    .or(() -> conflict(at, volume, mounts, volumes))
                    .ifPresent(message -> errors.add(new FieldError(field + ".path", message)));
            if (volume != null && volume.readOnly() && !mount.readOnly()) {
                errors.add(
                        new FieldError(field + ".readOnly", volume.name() + " can only be read. Mount it read-only."));
            }
        }
        return errors;
    }

    /** Why nothing may be mounted at {@code path}, whatever else is mounted; empty when something may. */
    public static Optional<String> pathError(String path) {
        Optional<String> form = SessionPath.formError(path);
        if (form.isPresent()) {
            return form;
        }
        if (path.equals("/")) {
            return Optional.of("Choose a folder below /, such as /data/m31.");
        }
        if (SYSTEM.matcher(path).matches() || SOCKETS.matcher(path).matches()) {
            return Optional.of(path + " belongs to the system. Choose a folder such as /data/m31.");
        }
        if (KEPT.matcher(path).matches()) {
            return Optional.of(
                    path + " holds files of the datalab itself. Choose a folder in it, such as " + path + "/data/m31.");
        }
        return Optional.empty();
    }

    /**
     * A path at which something can be mounted beside {@code taken}: {@code wanted} itself when possible, else one that
     * resembles it.
     */
    public static String freePath(String wanted, Collection<String> taken) {
        String usable = pathError(wanted).isEmpty() ? wanted : "/data/" + lastSegment(wanted);
        if (isFree(usable, taken)) {
            return usable;
        }
        String last = lastSegment(usable);
        return Stream.concat(
                        Stream.iterate(2, number -> number < 100, number -> number + 1)
                                .map(number -> usable + "-" + number),
                        Stream.iterate(1, number -> number + 1).map(number -> "/volumes-" + number + "/" + last))
                .filter(path -> isFree(path, taken))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> volumeError(Mount mount, @Nullable Volume volume) {
        if (volume == null) {
            return Optional.of("There is no volume " + mount.volume() + " here. Choose one of the list.");
        }
        if (volume.problem() != null) {
            return Optional.of(volume.name() + " cannot be mounted now: " + sentence(volume.problem()));
        }
        return Optional.empty();
    }

    private static Optional<String> conflict(
            int index, @Nullable Volume volume, List<Mount> mounts, Map<VolumeId, Volume> volumes) {
        Mount mount = mounts.get(index);
        String path = mount.path();
        for (Mount other : mounts.subList(0, index)) {
            if (isIncomplete(other) || !SessionPath.overlap(path, other.path())) {
                continue;
            }
            String name = name(other, volumes);
            String clash;
            if (path.equals(other.path())) {
                clash = name + " already uses " + path + ".";
            } else if (SessionPath.isWithin(path, other.path())) {
                clash = path + " is inside " + other.path() + ", which " + name + " uses.";
            } else {
                clash = path + " would hide " + other.path() + ", which " + name + " uses.";
            }
            return Optional.of(clash + " Try " + suggestion(index, volume, mounts) + ".");
        }
        return Optional.empty();
    }

    private static String suggestion(int index, @Nullable Volume volume, List<Mount> mounts) {
        Mount mount = mounts.get(index);
        Set<String> taken = new HashSet<>();
        for (int other = 0; other < mounts.size(); other++) {
            if (other != index && !isIncomplete(mounts.get(other))) {
                taken.add(mounts.get(other).path());
            }
        }
        return Stream.of(volume == null ? mount.path() : volume.usualPath(), "/data/" + mount.volume())
                .filter(path -> isFree(path, taken))
                .findFirst()
                .orElseGet(() -> freePath(mount.path(), taken));
    }

    private static boolean isFree(String path, Collection<String> taken) {
        return pathError(path).isEmpty() && taken.stream().noneMatch(other -> SessionPath.overlap(path, other));
    }

    /** Requests come from outside, where a value may be missing. */
    private static boolean isIncomplete(@Nullable Mount mount) {
        return mount == null || mount.volume() == null || mount.path() == null;
    }

    private static String name(Mount mount, Map<VolumeId, Volume> volumes) {
        Volume volume = volumes.get(mount.volume());
        return volume == null ? mount.volume().value() : volume.name();
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    /** The last part of a path that may have any form, as a part that is always allowed. */
    private static String lastSegment(String path) {
        String[] segments = path.split("/");
        String last = segments.length == 0 ? "" : segments[segments.length - 1];
        String clean = last.replaceAll("[^A-Za-z0-9._-]", "");
        String shortened = clean.length() > 60 ? clean.substring(0, 60) : clean;
        return shortened.chars().allMatch(character -> character == '.') ? "volume" : shortened;
    }
}
