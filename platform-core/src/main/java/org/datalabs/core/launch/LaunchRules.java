package org.datalabs.core.launch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datalabs.core.catalogue.ConfigurationOption;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.DeclaredVolume;
import org.datalabs.core.catalogue.DeclaredVolume.Importance;
import org.datalabs.core.catalogue.OptionRules;
import org.datalabs.core.catalogue.ResourcePreset;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.MountRules;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;
import org.jspecify.annotations.Nullable;

/**
 * Decides launches: fills in what the user left open, checks every value, then the quota. Pure; both ends decide alike.
 */
public final class LaunchRules {
    /** Minutes until a session is ended when the user says nothing: a day. */
    public static final int DEFAULT_LIFETIME_MINUTES = 1440;

    /** Most minutes that may be asked for: seven days. */
    public static final int LONGEST_LIFETIME_MINUTES = 10_080;

    /** Most characters of a session's name. */
    public static final int LONGEST_NAME = 80;

    private LaunchRules() {}

    /**
     * Decides one launch.
     *
     * @param datalab the datalab that {@code request} names
     * @param volumes the volumes that the user may mount
     * @param quota the user's quota before the launch
     * @return the plan; or a refusal: {@code INVALID_FIELD} with all refused values, else {@code QUOTA_REACHED}
     * @throws IllegalArgumentException when {@code request} names another datalab
     */
    public static LaunchDecision decide(
            LaunchRequest request, Datalab datalab, Map<VolumeId, Volume> volumes, QuotaUse quota) {
        if (!request.datalab().equals(datalab.id())) {
            throw new IllegalArgumentException("the request is for " + request.datalab() + ", not " + datalab.id());
        }
        List<FieldError> errors = new ArrayList<>();
        Version version = version(request.version(), datalab, errors);
        String name = name(request.name(), datalab, errors);
        Resources resources = resources(request, datalab, errors);
        List<Mount> mounts = request.mounts() == null ? declaredMounts(datalab, volumes) : request.mounts();
        checkMounts(mounts, datalab, volumes, errors);
        Map<String, String> options = options(request.options(), datalab, errors);
        int lifetime = lifetime(request.lifetimeMinutes(), errors);
        if (!errors.isEmpty()) {
            return new LaunchDecision.Refused(Problem.fields(errors));
        }
        Optional<Problem> reached = QuotaRules.refusal(resources, quota);
        if (reached.isPresent()) {
            return new LaunchDecision.Refused(reached.get());
        }
        return new LaunchDecision.Accepted(new LaunchPlan(
                datalab.id(),
                datalab.name(),
                datalab.kind(),
                version,
                name,
                resources,
                mounts,
                options,
                environment(datalab, options),
                lifetime));
    }

    /** The mounts of a launch for which the user chose none: required and suggested volumes that can be mounted. */
    public static List<Mount> declaredMounts(Datalab datalab, Map<VolumeId, Volume> volumes) {
        List<Mount> mounts = new ArrayList<>();
        for (DeclaredVolume declared : datalab.volumes()) {
            Volume volume = volumes.get(declared.volume());
            if (declared.importance() != Importance.OPTIONAL && volume != null && volume.problem() == null) {
                mounts.add(new Mount(declared.volume(), declared.path(), declared.readOnly() || volume.readOnly()));
            }
        }
        return List.copyOf(mounts);
    }

    /** What is wrong with the name of a session and what would be right; empty when it is fine. */
    public static Optional<String> nameError(String name) {
        String trimmed = name.strip();
        if (trimmed.isEmpty()) {
            return Optional.of("Give a name.");
        }
        if (trimmed.codePointCount(0, trimmed.length()) > LONGEST_NAME) {
            return Optional.of("Shorten the name to at most " + LONGEST_NAME + " characters.");
        }
        boolean unprintable = trimmed.codePoints()
                .anyMatch(character -> Character.isISOControl(character)
                        || Character.getType(character) == Character.LINE_SEPARATOR
                        || Character.getType(character) == Character.PARAGRAPH_SEPARATOR
                        || Character.getType(character) == Character.SURROGATE);
        return unprintable ? Optional.of("Give a name of one line without control characters.") : Optional.empty();
    }

    private static Version version(@Nullable String wanted, Datalab datalab, List<FieldError> errors) {
        if (wanted == null) {
            return datalab.currentVersion();
        }
        return datalab.version(wanted).orElseGet(() -> {
            errors.add(new FieldError(
                    "version",
                    datalab.name() + " has no version " + shown(wanted) + ". Choose one of "
                            + String.join(
                                    ", ",
                                    datalab.versions().stream()
                                            .map(Version::name)
                                            .toList()) + "."));
            return datalab.currentVersion();
        });
    }

    private static String name(@Nullable String wanted, Datalab datalab, List<FieldError> errors) {
        String name = (wanted == null ? datalab.name() : wanted).strip();
        nameError(name).ifPresent(message -> errors.add(new FieldError("name", message)));
        return name;
    }

    private static Resources resources(LaunchRequest request, Datalab datalab, List<FieldError> errors) {
        Resources own = request.resources();
        String presetId = request.preset();
        Resources chosen;
        if (presetId == null) {
            chosen = own == null ? recommended(datalab) : own;
        } else {
            ResourcePreset preset = datalab.preset(presetId).orElse(null);
            if (preset == null) {
                errors.add(new FieldError(
                        "preset",
                        datalab.name() + " has no preset " + shown(presetId) + ". Choose one of "
                                + String.join(
                                        ", ",
                                        datalab.presets().stream()
                                                .map(ResourcePreset::id)
                                                .toList()) + "."));
                chosen = own == null ? recommended(datalab) : own;
            } else {
                if (own != null && !own.equals(preset.resources())) {
                    errors.add(new FieldError(
                            "preset", "The resources differ from those of the preset. Give one of them only."));
                }
                chosen = preset.resources();
            }
        }
        checkLimits(chosen, datalab, errors);
        return chosen;
    }

    private static Resources recommended(Datalab datalab) {
        return datalab.preset(datalab.recommendedPreset())
                .orElse(datalab.presets().get(0))
                .resources();
    }

    private static void checkLimits(Resources chosen, Datalab datalab, List<FieldError> errors) {
        Resources least = datalab.limits().least();
        Resources most = datalab.limits().most();
        if (chosen.cpuMillis() < least.cpuMillis() || chosen.cpuMillis() > most.cpuMillis()) {
            errors.add(new FieldError(
                    "resources.cpuMillis",
                    datalab.name() + " takes "
                            + between(Amounts.number(least.cpuMillis()), Amounts.cores(most.cpuMillis())) + "."));
        }
        if (chosen.memoryBytes() < least.memoryBytes() || chosen.memoryBytes() > most.memoryBytes()) {
            errors.add(new FieldError(
                    "resources.memoryBytes",
                    datalab.name() + " takes "
                            + between(Amounts.memory(least.memoryBytes()), Amounts.memory(most.memoryBytes()))
                            + " of memory."));
        }
        if (chosen.gpus() < least.gpus() || chosen.gpus() > most.gpus()) {
            errors.add(new FieldError(
                    "resources.gpus",
                    most.gpus() == 0
                            ? datalab.name() + " cannot use a GPU. Ask for none."
                            : datalab.name() + " takes "
                                    + between(String.valueOf(least.gpus()), Amounts.gpus(most.gpus())) + "."));
        }
    }

    private static String between(String least, String most) {
        return "from " + least + " to " + most;
    }

    private static void checkMounts(
            List<Mount> mounts, Datalab datalab, Map<VolumeId, Volume> volumes, List<FieldError> errors) {
        errors.addAll(MountRules.check(mounts, volumes));
        for (DeclaredVolume declared : datalab.volumes()) {
            boolean mounted = mounts.stream()
                    .anyMatch(mount -> mount != null && declared.volume().equals(mount.volume()));
            if (declared.importance() == Importance.REQUIRED && !mounted) {
                errors.add(new FieldError("mounts", missing(datalab, declared, volumes.get(declared.volume()))));
            }
        }
    }

    private static String missing(Datalab datalab, DeclaredVolume declared, @Nullable Volume volume) {
        if (volume == null) {
            return datalab.name() + " needs the volume " + declared.volume() + ", which this datazone does not have.";
        }
        String problem = volume.problem();
        if (problem != null) {
            return datalab.name() + " needs the volume " + volume.name() + ", which cannot be mounted now: " + problem;
        }
        return datalab.name() + " needs the volume " + volume.name() + ". Mount it, for example at " + declared.path()
                + ".";
    }

    private static Map<String, String> options(
            @Nullable Map<String, String> wanted, Datalab datalab, List<FieldError> errors) {
        Map<String, String> left = wanted == null ? Map.of() : new LinkedHashMap<>(wanted);
        Map<String, String> values = new LinkedHashMap<>();
        for (ConfigurationOption option : datalab.options()) {
            String value = left.get(option.name());
            if (value == null) {
                value = option.defaultValue();
            }
            values.put(option.name(), value);
            OptionRules.error(option, value)
                    .ifPresent(message -> errors.add(new FieldError("options." + option.name(), message)));
        }
        left.keySet().stream()
                .filter(name -> !values.containsKey(name))
                .limit(20)
                .forEach(name -> {
                    String known = values.isEmpty()
                            ? "It has no options."
                            : "Its options are " + String.join(", ", values.keySet()) + ".";
                    errors.add(new FieldError(
                            "options." + shown(name), datalab.name() + " has no option " + shown(name) + ". " + known));
                });
        return values;
    }

    private static Map<String, String> environment(Datalab datalab, Map<String, String> options) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (ConfigurationOption option : datalab.options()) {
            String variable = option.environment();
            String value = options.get(option.name());
            if (variable != null && value != null) {
                environment.put(variable, value);
            }
        }
        return environment;
    }

    private static int lifetime(@Nullable Integer wanted, List<FieldError> errors) {
        int lifetime = wanted == null ? DEFAULT_LIFETIME_MINUTES : wanted;
        if (lifetime < 1 || lifetime > LONGEST_LIFETIME_MINUTES) {
            errors.add(new FieldError(
                    "lifetimeMinutes", "Choose from 1 to " + LONGEST_LIFETIME_MINUTES + " minutes (seven days)."));
        }
        return lifetime;
    }

    /** A user's text inside our own sentence: short, and without characters that would disturb it. */
    private static String shown(String text) {
        String clean = text.replaceAll("\\p{C}", "");
        return clean.codePointCount(0, clean.length()) > 40
                ? clean.substring(0, clean.offsetByCodePoints(0, 40)) + "…"
                : clean;
    }
}
