package org.datalabs.backend.volume;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.volume.MountRules;
import org.datalabs.core.volume.NewVolume;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;
import org.jspecify.annotations.Nullable;

/** Lists, adds and removes volumes. Thread-safe; blocks on the store and the file system. */
public final class VolumeService implements Volumes {
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_DESCRIPTION = 500;
    private static final int LONGEST_SLUG = 50;
    private static final int MOST_VOLUMES = 200;
    private static final int MOST_TRIES = 1000;

    private final BuiltInVolumes builtIn;
    private final VolumeStore store;
    private final FolderRules folders;
    private final boolean addable;

    /**
     * @param state the service's own folder, of which nothing may be mounted
     * @param addable whether users may add folders of the service's machine
     */
    public VolumeService(BuiltInVolumes builtIn, VolumeStore store, Path state, boolean addable) {
        this.builtIn = builtIn;
        this.store = store;
        this.folders = new FolderRules(state);
        this.addable = addable;
    }

    @Override
    public Map<VolumeId, Volume> of(UserId user) {
        Map<VolumeId, Volume> all = new LinkedHashMap<>();
        builtIn.list().forEach(volume -> all.put(volume.id(), volume));
        store.list(user).forEach(custom -> all.putIfAbsent(custom.id(), volume(custom)));
        return all;
    }

    Volume add(UserId user, NewVolume wanted) {
        if (!addable) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN,
                    "This datazone runs datalabs on a cluster, whose machines have none of your folders.",
                    "Bring your files into the home folder of a datalab, or ask the operators for a volume.");
        }
        List<FieldError> errors = new ArrayList<>();
        String name = wanted.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            errors.add(new FieldError("name", "Give a name of 1 to " + LONGEST_NAME + " characters in one line."));
        }
        String description =
                wanted.description() == null ? "" : wanted.description().strip();
        if (description.length() > LONGEST_DESCRIPTION || description.chars().anyMatch(Character::isISOControl)) {
            errors.add(new FieldError(
                    "description", "Shorten the description to " + LONGEST_DESCRIPTION + " characters in one line."));
        }
        FolderRules.Outcome folder = folders.check(wanted.folder(), wanted.readOnly());
        if (folder.folder().isEmpty()) {
            errors.add(new FieldError("folder", folder.refusal()));
        }
        String usualPath = wanted.usualPath();
        if (usualPath != null) {
            MountRules.pathError(usualPath).ifPresent(message -> errors.add(new FieldError("usualPath", message)));
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.fields(errors));
        }
        Map<VolumeId, Volume> taken = of(user);
        if (taken.size() >= MOST_VOLUMES) {
            throw new ProblemException(
                    ProblemCode.QUOTA_REACHED,
                    "You have " + taken.size() + " volumes; more cannot be added.",
                    "Remove one that you no longer need.");
        }
        String real = folder.folder().map(Path::toString).orElseThrow();
        return insert(user, name, real, description, usualPath, wanted.readOnly(), taken);
    }

    void remove(UserId user, VolumeId id) {
        Optional<Volume> known = Optional.ofNullable(of(user).get(id));
        if (known.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND, "There is no volume " + id + ".", "Look at the list of volumes.");
        }
        if (known.get().source() != Volume.Source.CUSTOM) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN,
                    known.get().name() + " belongs to the datazone and cannot be removed.",
                    "Only volumes that you added can be removed.");
        }
        List<String> users = store.remove(user, id);
        if (!users.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.VOLUME_IN_USE,
                    known.get().name() + " is mounted by " + String.join(", ", users) + ".",
                    "Destroy what mounts it, then remove it.");
        }
    }

    private Volume insert(
            UserId user,
            String name,
            String folder,
            String description,
            @Nullable String usualPath,
            boolean readOnly,
            Map<VolumeId, Volume> taken) {
        String slug = slug(name);
        for (int number = 1; number < MOST_TRIES; number++) {
            VolumeId id = new VolumeId(number == 1 ? slug : slug + "-" + number);
            if (!taken.containsKey(id)) {
                String path = usualPath == null ? "/data/" + id : usualPath;
                VolumeStore.CustomVolume custom =
                        new VolumeStore.CustomVolume(id, user, name, folder, description, path, readOnly);
                if (store.add(custom)) {
                    return volume(custom);
                }
            }
        }
        throw new ProblemException(Problem.field("name", "There are too many volumes of this name. Choose another."));
    }

    private Volume volume(VolumeStore.CustomVolume custom) {
        return new Volume(
                custom.id(),
                custom.name(),
                Volume.Source.CUSTOM,
                "Folder of this computer",
                custom.description(),
                custom.readOnly(),
                custom.usualPath(),
                null,
                null,
                null,
                null,
                null,
                custom.folder(),
                custom.owner(),
                folders.trouble(custom.folder()).orElse(null));
    }

    /** The name as a DNS label. */
    private static String slug(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        String cut =
                plain.length() > LONGEST_SLUG ? plain.substring(0, LONGEST_SLUG).replaceAll("-+$", "") : plain;
        return cut.isEmpty() ? "volume" : cut;
    }
}
