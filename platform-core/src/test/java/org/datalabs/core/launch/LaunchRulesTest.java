package org.datalabs.core.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.datalabs.core.catalogue.ConfigurationOption;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Datalabs;
import org.datalabs.core.catalogue.DeclaredVolume;
import org.datalabs.core.catalogue.DeclaredVolume.Importance;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;
import org.datalabs.core.volume.Volumes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchRulesTest {
    private static final QuotaUse PLENTY =
            new QuotaUse(new Quota(5, new Resources(64_000, 256 * Resources.GB, 4)), 0, Resources.NONE);
    private static final Map<VolumeId, Volume> VOLUMES = Volumes.map(
            Volumes.readOnly("samples", "Samples"),
            Volumes.writable("mine", "Mine"),
            Volumes.broken("gone", "Gone", "its folder is missing"));

    private final Datalab datalab = Datalabs.datalab("topcat", "TOPCAT")
            .versions(
                    Datalabs.version("5.0-beta", LocalDate.of(2026, 3, 1), true),
                    Datalabs.version("4.8", LocalDate.of(2026, 2, 1), false),
                    Datalabs.version("4.7", LocalDate.of(2026, 1, 1), false))
            .volumes(
                    declared("samples", Importance.REQUIRED, true),
                    declared("mine", Importance.SUGGESTED, false),
                    declared("gone", Importance.SUGGESTED, true),
                    declared("extra", Importance.OPTIONAL, true))
            .options(
                    option("rows", ConfigurationOption.Type.INTEGER, "1000", 1.0, 5000.0, "ROWS"),
                    option("scale", ConfigurationOption.Type.NUMBER, "1.5", 0.5, null, null),
                    option("dark", ConfigurationOption.Type.BOOLEAN, "false", null, null, "DARK"),
                    new ConfigurationOption(
                            "quality",
                            "Quality",
                            ConfigurationOption.Type.CHOICE,
                            "fast",
                            List.of("fast", "exact"),
                            null,
                            null,
                            "",
                            null),
                    option("title", ConfigurationOption.Type.STRING, "", null, null, null),
                    option("file", ConfigurationOption.Type.PATH, "", null, null, null))
            .build();

    @Test
    void fillsInEverything() {
        LaunchPlan plan = accepted(LaunchRequest.defaults(datalab.id()));
        assertThat(plan.version().name()).isEqualTo("4.8");
        assertThat(plan.name()).isEqualTo("TOPCAT");
        assertThat(plan.resources()).isEqualTo(Resources.of(1, 2));
        assertThat(plan.mounts())
                .containsExactly(
                        new Mount(new VolumeId("samples"), "/data/samples", true),
                        new Mount(new VolumeId("mine"), "/data/mine", false));
        assertThat(plan.options())
                .isEqualTo(Map.of(
                        "rows", "1000", "scale", "1.5", "dark", "false", "quality", "fast", "title", "", "file", ""));
        assertThat(plan.environment()).isEqualTo(Map.of("ROWS", "1000", "DARK", "false"));
        assertThat(plan.lifetimeMinutes()).isEqualTo(1440);
    }

    @Test
    void takesTheUsersChoices() {
        LaunchPlan plan = accepted(new LaunchRequest(
                datalab.id(),
                "5.0-beta",
                "  Members of NGC 2516 ",
                "large",
                null,
                List.of(new Mount(new VolumeId("samples"), "/data/s", true)),
                Map.of("rows", "7", "title", "Überblick"),
                10_080));
        assertThat(plan.version().name()).isEqualTo("5.0-beta");
        assertThat(plan.name()).isEqualTo("Members of NGC 2516");
        assertThat(plan.resources()).isEqualTo(Resources.of(4, 16));
        assertThat(plan.mounts()).hasSize(1);
        assertThat(plan.environment()).containsEntry("ROWS", "7");
        assertThat(plan.lifetimeMinutes()).isEqualTo(10_080);
    }

    @Test
    void takesOwnResourcesWithinLimits() {
        Resources own = new Resources(8000, 32 * Resources.GB, 1);
        assertThat(accepted(with(null, own, null, null)).resources()).isEqualTo(own);
        assertThat(accepted(with("small", Resources.of(1, 2), null, null)).resources())
                .isEqualTo(Resources.of(1, 2));
    }

    @Test
    void findsEveryMistakeAtOnce() {
        LaunchRequest request = new LaunchRequest(
                datalab.id(),
                "9.9",
                "x".repeat(81),
                null,
                new Resources(499, 33 * Resources.GB, 2),
                List.of(
                        new Mount(new VolumeId("samples"), "/etc", false),
                        new Mount(new VolumeId("gone"), "/data/g", true)),
                Map.of("rows", "0", "speed", "9"),
                10_081);
        Problem problem = refused(request, PLENTY);
        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_FIELD);
        assertThat(problem.fields())
                .extracting(FieldError::field)
                .containsExactly(
                        "version",
                        "name",
                        "resources.cpuMillis",
                        "resources.memoryBytes",
                        "resources.gpus",
                        "mounts[0].path",
                        "mounts[0].readOnly",
                        "mounts[1].volume",
                        "options.rows",
                        "options.speed",
                        "lifetimeMinutes");
        assertThat(problem.fields())
                .extracting(FieldError::message)
                .contains(
                        "TOPCAT has no version 9.9. Choose one of 5.0-beta, 4.8, 4.7.",
                        "TOPCAT takes from 0.5 to 8 cores.",
                        "TOPCAT takes from 1 GB to 32 GB of memory.",
                        "TOPCAT takes from 0 to 1 GPU.",
                        "Give a number from 1 to 5000.",
                        "TOPCAT has no option speed. Its options are rows, scale, dark, quality, title, file.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "NULL",
            value = {
                "rows | 12 | ",
                "rows | 5000 | ",
                "rows | 5001 | from 1 to 5000",
                "rows | 1.5 | whole number",
                "rows | 012 | whole number",
                "rows | 1e3 | whole number",
                "rows | '' | whole number",
                "rows | ' 1' | whole number",
                "rows | 99999999999999999999 | whole number",
                "scale | 0.5 | ",
                "scale | 1e3 | ",
                "scale | 0.49 | at least 0.5",
                "scale | NaN | Give a number",
                "scale | Infinity | Give a number",
                "scale | 1e999 | Give a number",
                "scale | 0x10 | Give a number",
                "dark | true | ",
                "dark | True | true or false",
                "dark | 1 | true or false",
                "quality | exact | ",
                "quality | best | one of fast, exact",
                "title | anything 'goes' $(here) | ",
                "file | '' | ",
                "file | / | ",
                "file | /data/m31.fits | ",
                "file | m31.fits | Start the path",
                "file | /data/../m31.fits | without . and ..",
            })
    void checksOptionsByTheirType(String name, String value, @Nullable String message) {
        LaunchRequest request = with(null, null, Map.of(name, value), null);
        if (message == null) {
            assertThat(accepted(request).options()).containsEntry(name, value);
        } else {
            assertThat(refused(request, PLENTY).fields()).singleElement().satisfies(error -> {
                assertThat(error.field()).isEqualTo("options." + name);
                assertThat(error.message()).contains(message);
            });
        }
    }

    @Test
    void refusesTextsThatAreLongOrHaveSeveralLines() {
        assertThat(accepted(with(null, null, Map.of("title", "x".repeat(1000)), null)))
                .isNotNull();
        for (String text : List.of("x".repeat(1001), "a\nb", "a\u0000b", "a\u2028b", "a\u0085b")) {
            assertThat(refused(with(null, null, Map.of("title", text), null), PLENTY)
                            .fields())
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "10081", "2147483647", "-2147483648"})
    void refusesLifetimesOutOfRange(int minutes) {
        assertThat(refused(with(null, null, null, minutes), PLENTY).fields())
                .extracting(FieldError::field)
                .containsExactly("lifetimeMinutes");
    }

    @Test
    void refusesNamesThatCannotBeShown() {
        for (String name : List.of("", "   ", "a\nb", "a\u0007", "x".repeat(81))) {
            assertThat(LaunchRules.nameError(name)).isPresent();
        }
        assertThat(LaunchRules.nameError("🔭".repeat(80))).isEmpty();
        assertThat(LaunchRules.nameError("a")).isEmpty();
    }

    @Test
    void refusesUnknownAndContradictingPresets() {
        assertThat(refused(with("huge", null, null, null), PLENTY).fields())
                .containsExactly(new FieldError("preset", "TOPCAT has no preset huge. Choose one of small, large."));
        assertThat(refused(with("small", Resources.of(2, 2), null, null), PLENTY)
                        .fields())
                .extracting(FieldError::field)
                .containsExactly("preset");
    }

    @Test
    void insistsOnRequiredVolumes() {
        LaunchRequest none = new LaunchRequest(datalab.id(), null, null, null, null, List.of(), null, null);
        assertThat(refused(none, PLENTY).fields())
                .containsExactly(new FieldError(
                        "mounts", "TOPCAT needs the volume Samples. Mount it, for example at /data/samples."));
        assertThat(refusedWith(LaunchRequest.defaults(datalab.id()), Map.of(), PLENTY)
                        .fields())
                .containsExactly(new FieldError(
                        "mounts", "TOPCAT needs the volume samples, which this datazone does not have."));
    }

    @Test
    void mountsReadOnlyVolumesReadOnlyByDefault() {
        Map<VolumeId, Volume> volumes =
                Volumes.map(Volumes.readOnly("samples", "Samples"), Volumes.readOnly("mine", "Mine"));
        assertThat(LaunchRules.declaredMounts(datalab, volumes))
                .allMatch(Mount::readOnly)
                .hasSize(2);
    }

    @Test
    void refusesSixthSession() {
        QuotaUse full =
                new QuotaUse(new Quota(5, new Resources(64_000, 256 * Resources.GB, 0)), 5, Resources.of(5, 10));
        Problem problem = refused(LaunchRequest.defaults(datalab.id()), full);
        assertThat(problem.code()).isEqualTo(ProblemCode.QUOTA_REACHED);
        assertThat(problem.what()).isEqualTo("You have 5 of 5 running datalabs; none is left.");
        assertThat(problem.remedy()).isEqualTo("Destroy or pause a running datalab, then launch again.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8000 | 64 | 0 | 5000 | 8 | 0 | This launch needs 4 cores. You use 5 of 8 cores; 3 left. | or destroy or pause",
                "3000 | 64 | 0 | 0 | 0 | 0 | This launch needs 4 cores. You use 0 of 3 cores; 3 left. | never allows this much",
                "8000 | 20 | 0 | 0 | 8 | 0 | This launch needs 16 GB of memory. You use 8 GB of 20 GB; 12 GB left. | or destroy or pause",
                "1000 | 1 | 0 | 1000 | 1 | 0 | This launch needs 4 cores. You use 1 of 1 core; 0 left. | never allows this much",
            })
    void saysWhichLimitIsReached(
            int cpu, int memory, int gpus, int usedCpu, int usedMemory, int usedGpus, String what, String remedy) {
        QuotaUse use = new QuotaUse(
                new Quota(5, new Resources(cpu, memory * Resources.GB, gpus)),
                2,
                new Resources(usedCpu, usedMemory * Resources.GB, usedGpus));
        Problem problem = refused(with("large", null, null, null), use);
        assertThat(problem.code()).isEqualTo(ProblemCode.QUOTA_REACHED);
        assertThat(problem.what()).isEqualTo(what);
        assertThat(problem.remedy()).contains(remedy);
    }

    @Test
    void saysWhenNoGpuIsLeft() {
        QuotaUse use = new QuotaUse(
                new Quota(5, new Resources(64_000, 256 * Resources.GB, 1)), 1, new Resources(1000, Resources.GB, 1));
        assertThat(refused(with(null, new Resources(1000, Resources.GB, 1), null, null), use)
                        .what())
                .isEqualTo("This launch needs 1 GPU. You use 1 of 1 GPU; 0 left.");
    }

    @Test
    void tellsMistakesBeforeTheQuota() {
        QuotaUse full = new QuotaUse(new Quota(5, Resources.NONE), 5, Resources.NONE);
        assertThat(refused(with(null, null, null, 0), full).code()).isEqualTo(ProblemCode.INVALID_FIELD);
    }

    @Test
    void keepsLongAndStrangeTextsOutOfItsWords() {
        LaunchRequest request = with(null, null, Map.of("a\u0000" + "b".repeat(5000), "x"), null);
        assertThat(refused(request, PLENTY).text().length()).isLessThan(400);
        assertThat(refused(request, PLENTY).text()).doesNotContain("\u0000");
    }

    @Test
    @SuppressWarnings("NullAway")
    void survivesHolesInTheRequest() {
        Map<String, String> options = new HashMap<>();
        options.put("rows", null);
        List<Mount> mounts = new ArrayList<>();
        mounts.add(null);
        LaunchRequest request = new LaunchRequest(datalab.id(), null, null, null, null, mounts, options, null);
        assertThat(refused(request, PLENTY).fields())
                .extracting(FieldError::field)
                .containsExactly("mounts[0]", "mounts");
    }

    @Test
    void isForOneDatalabOnly() {
        LaunchRequest other = LaunchRequest.defaults(new DatalabId("other"));
        assertThatThrownBy(() -> LaunchRules.decide(other, datalab, VOLUMES, PLENTY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 500)
    void neverGrantsMoreThanIsLeft(
            @ForAll @IntRange(max = 10) int held,
            @ForAll @IntRange(max = 10_000) int cpu,
            @ForAll @LongRange(max = 40) long memory,
            @ForAll @IntRange(max = 3) int gpus,
            @ForAll @IntRange(max = 20_000) int usedCpu,
            @ForAll @LongRange(max = 80) long usedMemory) {
        QuotaUse use = new QuotaUse(
                new Quota(5, new Resources(16_000, 64 * Resources.GB, 1)),
                held,
                new Resources(usedCpu, usedMemory * Resources.GB, 0));
        Resources wanted = new Resources(cpu, memory * Resources.GB, gpus);
        LaunchDecision decision = LaunchRules.decide(with(null, wanted, null, null), datalab, VOLUMES, use);
        if (decision instanceof LaunchDecision.Accepted accepted) {
            assertThat(held).isLessThan(5);
            assertThat(accepted.plan().resources().fitsIn(use.left())).isTrue();
            assertThat(accepted.plan().resources().fitsIn(datalab.limits().most()))
                    .isTrue();
            assertThat(datalab.limits().least().fitsIn(accepted.plan().resources()))
                    .isTrue();
        } else {
            assertThat(held >= 5
                            || !wanted.fitsIn(use.left())
                            || !wanted.fitsIn(datalab.limits().most())
                            || !datalab.limits().least().fitsIn(wanted))
                    .isTrue();
        }
    }

    private LaunchRequest with(
            @Nullable String preset,
            @Nullable Resources resources,
            @Nullable Map<String, String> options,
            @Nullable Integer lifetime) {
        return new LaunchRequest(datalab.id(), null, null, preset, resources, null, options, lifetime);
    }

    private LaunchPlan accepted(LaunchRequest request) {
        LaunchDecision decision = LaunchRules.decide(request, datalab, VOLUMES, PLENTY);
        assertThat(decision).isInstanceOf(LaunchDecision.Accepted.class);
        return ((LaunchDecision.Accepted) decision).plan();
    }

    private Problem refused(LaunchRequest request, QuotaUse quota) {
        return refusedWith(request, VOLUMES, quota);
    }

    private Problem refusedWith(LaunchRequest request, Map<VolumeId, Volume> volumes, QuotaUse quota) {
        LaunchDecision decision = LaunchRules.decide(request, datalab, volumes, quota);
        assertThat(decision).isInstanceOf(LaunchDecision.Refused.class);
        return ((LaunchDecision.Refused) decision).problem();
    }

    private static DeclaredVolume declared(String volume, Importance importance, boolean readOnly) {
        return new DeclaredVolume(new VolumeId(volume), "/data/" + volume, importance, readOnly);
    }

    private static ConfigurationOption option(
            String name,
            ConfigurationOption.Type type,
            String value,
            @Nullable Double minimum,
            @Nullable Double maximum,
            @Nullable String environment) {
        return new ConfigurationOption(name, name, type, value, List.of(), minimum, maximum, "", environment);
    }
}
