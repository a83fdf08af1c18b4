package org.datalabs.desktop.datazone;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.datalabs.core.api.DatazoneInfo;
import org.datalabs.core.catalogue.Availability;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.ConfigurationOption;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.DeclaredVolume;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.catalogue.Icon;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.LocalCommand;
import org.datalabs.core.catalogue.Maintainer;
import org.datalabs.core.catalogue.ResourceLimits;
import org.datalabs.core.catalogue.ResourcePreset;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.Quota;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.volume.NewVolume;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;

/** Made-up values for tests of screens. */
public final class FakeDatalabs {
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    public static final UserId ANNA = new UserId("anna");
    public static final VolumeId SAMPLES = new VolumeId("samples");
    public static final Quota QUOTA = new Quota(Quota.DEFAULT_SESSIONS, Resources.of(8, 32));

    private FakeDatalabs() {}

    public static CatalogueEntry topcat() {
        return entry(datalab("topcat", "TOPCAT", Kind.DESKTOP, List.of("Catalogues"), List.of()));
    }

    public static CatalogueEntry jupyter() {
        return entry(datalab("jupyterlab", "JupyterLab", Kind.WEB, List.of("Notebooks"), List.of("XMM-Newton")));
    }

    /** One that this datazone cannot run. */
    public static CatalogueEntry casa() {
        Datalab casa = datalab("casa", "CASA", Kind.DESKTOP, List.of("Imaging"), List.of("ALMA"));
        return new CatalogueEntry(
                casa,
                Availability.no("CASA is not installed on this machine.", "Choose a datazone that has it."),
                3,
                4,
                false,
                false);
    }

    public static CatalogueEntry entry(Datalab datalab) {
        return new CatalogueEntry(datalab, Availability.YES, 12, 345, false, false);
    }

    /** One whose sessions keep nothing. */
    public static CatalogueEntry esasky() {
        return entry(datalab("esasky", "ESASky", Kind.WEB, Home.TEMPORARY, List.of("Imaging"), List.of()));
    }

    public static Datalab datalab(String id, String name, Kind kind, List<String> themes, List<String> missions) {
        return datalab(id, name, kind, Home.PERSONAL, themes, missions);
    }

    private static Datalab datalab(
            String id, String name, Kind kind, Home home, List<String> themes, List<String> missions) {
        Version version = new Version(
                "4.8",
                LocalDate.of(2022, 3, 1),
                null,
                new LocalCommand(List.of(id), List.of(), Map.of()),
                10000,
                "{base}",
                "",
                null,
                null,
                home,
                "First release.",
                600_000_000L,
                false);
        return new Datalab(
                new DatalabId(id),
                name,
                kind,
                name + " in one sentence.",
                "What **" + name + "** does.",
                new Maintainer("Somebody", "https://example.org/" + id),
                "Apache-2.0",
                new Icon("M4 4h16v16H4z", Icon.Tint.TEAL),
                List.of("Astronomy"),
                missions,
                List.of(),
                themes,
                List.of(),
                List.of(),
                List.of(version),
                List.of(
                        new ResourcePreset("small", "Small", Resources.of(1, 2), "Small tables"),
                        new ResourcePreset("large", "Large", Resources.of(4, 16), "Big tables")),
                "small",
                new ResourceLimits(new Resources(500, Resources.GB / 2, 0), Resources.of(8, 32)),
                List.of(new DeclaredVolume(SAMPLES, "/data/samples", DeclaredVolume.Importance.SUGGESTED, true)),
                List.<ConfigurationOption>of());
    }

    public static Volume samples() {
        return new Volume(
                SAMPLES,
                "Samples",
                Volume.Source.ARCHIVE,
                "This computer",
                "Small tables and images to try things with.",
                true,
                "/data/samples",
                1_000_000L,
                12L,
                null,
                null,
                "messier.xml",
                null,
                null,
                null);
    }

    /** What a datazone makes of a request for a custom volume. */
    public static Volume custom(NewVolume request) {
        String id = request.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String path = request.usualPath() == null ? "/data/" + id : request.usualPath();
        String description = request.description() == null ? "" : request.description();
        return new Volume(
                new VolumeId(id),
                request.name(),
                Volume.Source.CUSTOM,
                request.folder(),
                description,
                request.readOnly(),
                path,
                null,
                null,
                null,
                null,
                null,
                request.folder(),
                ANNA,
                null);
    }

    /** A session of {@code entry}; {@code number} makes its id and its age. */
    public static Session session(int number, CatalogueEntry entry, SessionState state) {
        Datalab datalab = entry.datalab();
        String digits = Integer.toString(number)
                .replace('0', 'a')
                .replace('1', 'b')
                .replace('8', 'c')
                .replace('9', 'd');
        String id = ("fake" + digits + "aaaaaaaaaaaaaaaa").substring(0, 16);
        Instant created = NOON.plusSeconds(number);
        return new Session(
                new SessionId(id),
                ANNA,
                datalab.name() + " " + number,
                datalab.id(),
                datalab.name(),
                datalab.currentVersion().name(),
                datalab.kind(),
                datalab.currentVersion().home(),
                datalab.presets().get(0).resources(),
                List.of(),
                Map.of(),
                Desired.RUNNING,
                state,
                created,
                created.plusSeconds(86_400),
                null,
                1);
    }

    public static Session ready(int number, CatalogueEntry entry) {
        return session(number, entry, new SessionState.Ready(NOON.plusSeconds(number)));
    }

    public static QuotaUse unused() {
        return new QuotaUse(QUOTA, 0, Resources.NONE);
    }

    /** A datazone that pauses what is idle. */
    public static DatazoneInfo info(int idleMinutes) {
        return new DatazoneInfo("Zone", "", "kubernetes", "1", Resources.of(8, 32), idleMinutes, List.of());
    }
}
