package org.datalabs.bench.search;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.datalabs.core.catalogue.Availability;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.catalogue.Icon;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.Maintainer;
import org.datalabs.core.catalogue.ResourceLimits;
import org.datalabs.core.catalogue.ResourcePreset;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.catalogue.Version;

/**
 * Catalogues of any size that look like real ones: names made of tools and missions, descriptions of 40 to 120 words
 * whose frequencies fall as in natural text. The same size gives the same catalogue.
 */
final class GeneratedCatalogue {
    private static final long SEED = 20_261_120;
    private static final int VOCABULARY = 6000;
    private static final List<String> MISSIONS = List.of(
            "XMM-Newton",
            "Gaia",
            "Euclid",
            "JWST",
            "Herschel",
            "Planck",
            "Hubble",
            "Chandra",
            "JUICE",
            "Rosetta",
            "Mars Express",
            "Venus Express",
            "Cassini",
            "Solar Orbiter",
            "SOHO",
            "BepiColombo",
            "INTEGRAL",
            "ISO",
            "Cluster",
            "Swarm",
            "Sentinel-1",
            "Sentinel-2",
            "LISA Pathfinder",
            "CHEOPS",
            "Kepler",
            "TESS",
            "ALMA",
            "VLA",
            "Spitzer",
            "WISE");
    private static final List<String> INSTRUMENTS = List.of(
            "EPIC", "RGS", "OM", "BP/RP", "RVS", "VIS", "NISP", "NIRCam", "NIRSpec", "MIRI", "PACS", "SPIRE", "HIFI",
            "HFI", "LFI", "ACS", "WFC3", "STIS", "ACIS", "HRC", "JANUS", "OSIRIS", "HRSC", "VIRTIS", "EUI", "PHI",
            "SPICE", "IBIS", "SPI", "ISOCAM");
    private static final List<String> DOMAINS =
            List.of("Astronomy", "Planetary science", "Heliophysics", "Earth observation", "Fundamental physics");
    private static final List<String> THEMES = List.of(
            "Catalogues",
            "Imaging",
            "Spectroscopy",
            "Notebooks",
            "Radio",
            "X-ray",
            "Sky atlas",
            "Time series",
            "Machine learning",
            "Simulation",
            "FITS",
            "Tables",
            "Photometry",
            "Astrometry",
            "Solar",
            "Geology");
    private static final List<String> TOOLS = List.of(
            "TOPCAT",
            "JupyterLab",
            "SAOImage DS9",
            "Aladin",
            "STILTS",
            "CASA",
            "fv",
            "SAS",
            "PyTorch",
            "Explorer",
            "Pipeline",
            "Viewer",
            "Toolkit",
            "Notebook",
            "Reducer",
            "Calibrator",
            "Mapper",
            "Archive browser");
    private static final List<String> TERMS = List.of(
            "spectra",
            "spectroscopy",
            "astrometry",
            "photometric",
            "redshifts",
            "catalogue",
            "notebook",
            "x-ray",
            "infrared",
            "mosaic",
            "calibration",
            "pipeline",
            "image",
            "table",
            "cross-match",
            "survey",
            "galaxy",
            "star",
            "planet",
            "orbit",
            "détecteur",
            "plot",
            "reduce",
            "browse",
            "download",
            "visualise");

    private final Random random = new Random(SEED);
    private final List<String> words = new ArrayList<>(TERMS);

    private GeneratedCatalogue() {
        String[] syllables = {
            "ra", "lo", "mi", "ten", "sor", "ka", "ve", "lu", "gra", "pho", "spe", "tri", "nal", "con", "de", "pro",
            "in", "ob", "ser", "va", "tion", "ment", "al", "ic", "ing", "er", "st", "qua", "sar", "neb"
        };
        while (words.size() < VOCABULARY) {
            words.add(IntStream.range(0, 2 + random.nextInt(3))
                    .mapToObj(ignored -> syllables[random.nextInt(syllables.length)])
                    .collect(Collectors.joining()));
        }
    }

    static List<CatalogueEntry> of(int size) {
        GeneratedCatalogue generator = new GeneratedCatalogue();
        List<CatalogueEntry> entries = new ArrayList<>(size);
        for (int number = 0; number < size; number++) {
            entries.add(generator.entry(number));
        }
        return entries;
    }

    private CatalogueEntry entry(int number) {
        String mission = pick(MISSIONS);
        String tool = pick(TOOLS);
        String name =
                switch (random.nextInt(3)) {
                    case 0 -> tool + " for " + mission + " " + number;
                    case 1 -> "jl-" + mission.toLowerCase(Locale.ROOT).replace(' ', '-') + "-" + word() + number;
                    default -> mission + " " + tool + " " + word();
                };
        Resources small = Resources.of(1, 2);
        Datalab datalab = new Datalab(
                new DatalabId("d" + number),
                name,
                random.nextInt(4) == 0 ? Kind.DESKTOP : Kind.WEB,
                sentence(12),
                sentence(40 + random.nextInt(80)),
                new Maintainer("ESA Science Data Centre", null),
                "MIT",
                new Icon("M4 4h16v16H4z", Icon.Tint.BLUE),
                List.of(pick(DOMAINS)),
                some(MISSIONS, mission),
                some(INSTRUMENTS, pick(INSTRUMENTS)),
                some(THEMES, pick(THEMES)),
                List.of(word(), word(), word(), word()),
                List.of(),
                List.of(new Version(
                        "1.0",
                        LocalDate.of(2020, 1, 1).plusDays(random.nextInt(2500)),
                        "datalabs/x:1.0",
                        null,
                        10_000,
                        "{base}",
                        "",
                        null,
                        null,
                        Home.PERSONAL,
                        "",
                        null,
                        false)),
                List.of(new ResourcePreset("small", "Small", small, "")),
                "small",
                new ResourceLimits(small, small),
                List.of(),
                List.of());
        return new CatalogueEntry(
                datalab, Availability.YES, random.nextInt(500), random.nextInt(100_000), false, false);
    }

    private String sentence(int length) {
        return IntStream.range(0, length).mapToObj(ignored -> word()).collect(Collectors.joining(" "));
    }

    /** Frequent words are near the start of the vocabulary. */
    private String word() {
        double rank = Math.pow(words.size(), random.nextDouble());
        return words.get(Math.min(words.size() - 1, (int) rank));
    }

    private List<String> some(List<String> all, String first) {
        return random.nextInt(3) == 0
                ? List.of(first)
                : Stream.of(first, pick(all), pick(all)).distinct().toList();
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
