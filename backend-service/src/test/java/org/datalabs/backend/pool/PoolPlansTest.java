package org.datalabs.backend.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datalabs.backend.session.FakeRuntime;
import org.datalabs.core.catalogue.Availability;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.ManifestReader;
import org.datalabs.core.catalogue.ManifestResult;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolPlansTest {
    private static final String MANIFEST = """
            apiVersion: datalabs/v1
            id: atlas
            name: Atlas
            kind: web
            summary: The sky.
            description: The sky.
            maintainer: {name: Someone}
            licence: MIT
            icon: {path: M4 4h16v16H4z, tint: teal}
            resources:
              least: {cpu: 0.5, memory: 512 MB}
              most: {cpu: 4, memory: 8 GB}
              recommended: small
              presets:
                - {id: small, name: Small, cpu: 1, memory: 2 GB}
                - {id: large, name: Large, cpu: 4, memory: 8 GB}
            versions:
              - {name: "2", released: 2024-02-02, home: temporary, local: {command: [atlas, "{port}"]}}
              - {name: "1", released: 2024-01-02, local: {command: [atlas, "{port}"]}}
            """;

    private final FakeRuntime runtime = new FakeRuntime();

    @AfterEach
    void close() {
        runtime.close();
    }

    private PoolPlans plans(String manifest, PoolSetting... settings) {
        Datalab atlas;
        try {
            atlas = ((ManifestResult.Good) new ManifestReader().read("x.yaml", new StringReader(manifest))).datalab();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PoolPlans(
                List.of(settings),
                id -> Optional.of(atlas).filter(known -> known.id().equals(id)),
                user -> Map.of(),
                runtime);
    }

    private static PoolSetting setting(String datalab, @Nullable String version, @Nullable String preset) {
        return new PoolSetting(
                new DatalabId(datalab),
                version,
                preset,
                2,
                Map.of(
                        "datalab", "settings.yaml:7 warmPools[0].datalab",
                        "version", "settings.yaml:8 warmPools[0].version",
                        "preset", "settings.yaml:9 warmPools[0].preset"));
    }

    @Test
    void holdsWhatALaunchWithoutWishesAsksFor() {
        PoolPlans.Outcome outcome =
                plans(MANIFEST, setting("atlas", null, null)).outcome();
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.pools()).singleElement().satisfies(pool -> {
            assertThat(pool.ready()).isEqualTo(2);
            assertThat(pool.plan().version().name()).isEqualTo("2");
            assertThat(pool.plan().resources()).isEqualTo(Resources.of(1, 2));
        });
        plans(MANIFEST, setting("atlas", "2", "large"), setting("atlas", null, null))
                .check();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            atlantis | - | -      | settings.yaml:7 warmPools[0].datalab: There is no datalab atlantis in the catalogue.
            atlas    | 3 | -      | settings.yaml:8 warmPools[0].version:
            atlas    | 1 | -      | settings.yaml:8 warmPools[0].version: Atlas 1 has its user's own home, which a session that runs cannot be given.
            atlas    | - | medium | settings.yaml:9 warmPools[0].preset:
            """)
    void refusesWhatCannotBeKeptAtItsPlace(
            String datalab, @Nullable String version, @Nullable String preset, String told) {
        PoolPlans plans = plans(MANIFEST, setting(datalab, version, preset));
        assertThat(plans.outcome().pools()).isEmpty();
        assertThatThrownBy(plans::check).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo(ProblemCode.BAD_REQUEST);
            assertThat(refused.problem().what()).startsWith(told);
            assertThat(refused.problem().remedy()).isNotEmpty();
        });
    }

    @Test
    void refusesADatalabThatNeedsWhatTheDatazoneDoesNotHave() {
        String needy = MANIFEST + "volumes: [{volume: planck, path: /data/planck, importance: required}]\n";
        assertThatThrownBy(() -> plans(needy, setting("atlas", null, null)).check())
                .hasMessageContaining("settings.yaml:7 warmPools[0].datalab: Atlas needs the volume planck");
        runtime.available(Availability.no("Atlas is not installed.", "Install it."));
        assertThatThrownBy(() -> plans(MANIFEST, setting("atlas", null, null)).check())
                .hasMessageContaining("warmPools[0].datalab: Atlas cannot run here. Atlas is not installed.");
    }

    @Test
    void refusesTwoPoolsOfTheSame() {
        PoolPlans plans = plans(MANIFEST, setting("atlas", null, null), setting("atlas", "2", "small"));
        assertThatThrownBy(plans::check).hasMessageContaining("Another pool keeps the same sessions.");
    }

    @Test
    void keepsTheOtherPoolsWhenOneCannotBeKeptAnyMore() {
        PoolPlans.Outcome outcome = plans(MANIFEST, setting("atlas", "1", null), setting("atlas", "2", null))
                .outcome();
        assertThat(outcome.pools()).hasSize(1);
        assertThat(outcome.problems()).hasSize(1);
    }
}
