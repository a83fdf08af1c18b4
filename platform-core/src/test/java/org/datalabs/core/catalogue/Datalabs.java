package org.datalabs.core.catalogue;

import java.time.LocalDate;
import java.util.List;

/** Datalabs for tests, changed where a test needs it. Shared with the tests of other modules. */
public final class Datalabs {
    private String id = "topcat";
    private String name = "TOPCAT";
    private Kind kind = Kind.DESKTOP;
    private String summary = "A summary.";
    private String description = "A description.";
    private List<String> domains = List.of();
    private List<String> missions = List.of();
    private List<String> instruments = List.of();
    private List<String> themes = List.of();
    private List<String> keywords = List.of();
    private List<Version> versions = List.of(version("1.0", LocalDate.of(2026, 1, 31), false));
    private List<DeclaredVolume> volumes = List.of();
    private List<ConfigurationOption> options = List.of();

    private Datalabs() {}

    public static Datalabs datalab(String id, String name) {
        Datalabs builder = new Datalabs();
        builder.id = id;
        builder.name = name;
        return builder;
    }

    public static Version version(String name, LocalDate released, boolean deprecated) {
        return new Version(
                name,
                released,
                "datalabs/x:" + name,
                null,
                10_000,
                "{base}",
                "",
                null,
                null,
                Home.PERSONAL,
                "",
                null,
                deprecated);
    }

    public Datalabs kind(Kind newKind) {
        kind = newKind;
        return this;
    }

    public Datalabs summary(String text) {
        summary = text;
        return this;
    }

    public Datalabs description(String text) {
        description = text;
        return this;
    }

    public Datalabs domains(String... values) {
        domains = List.of(values);
        return this;
    }

    public Datalabs missions(String... values) {
        missions = List.of(values);
        return this;
    }

    public Datalabs instruments(String... values) {
        instruments = List.of(values);
        return this;
    }

    public Datalabs themes(String... values) {
        themes = List.of(values);
        return this;
    }

    public Datalabs keywords(String... values) {
        keywords = List.of(values);
        return this;
    }

    public Datalabs versions(Version... values) {
        versions = List.of(values);
        return this;
    }

    public Datalabs volumes(DeclaredVolume... values) {
        volumes = List.of(values);
        return this;
    }

    public Datalabs options(ConfigurationOption... values) {
        options = List.of(values);
        return this;
    }

    /** From half a core and 1 GB to 8 cores, 32 GB and one GPU; presets small (1, 2 GB) and large (4, 16 GB). */
    public Datalab build() {
        return new Datalab(
                new DatalabId(id),
                name,
                kind,
                summary,
                description,
                new Maintainer("Someone", null),
                "MIT",
                new Icon("M4 4h16v16H4z", Icon.Tint.BLUE),
                domains,
                missions,
                instruments,
                themes,
                keywords,
                List.of(),
                versions,
                List.of(
                        new ResourcePreset("small", "Small", Resources.of(1, 2), ""),
                        new ResourcePreset("large", "Large", Resources.of(4, 16), "")),
                "small",
                new ResourceLimits(new Resources(500, Resources.GB, 0), new Resources(8000, 32 * Resources.GB, 1)),
                volumes,
                options);
    }

    public CatalogueEntry entry(int stars, long runs) {
        return new CatalogueEntry(build(), Availability.YES, stars, runs, false, false);
    }
}
