package org.datalabs.backend.samples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A file of an installed package.
 *
 * @param name its name among the samples
 * @param debianPackage the package that brings it
 * @param container the file itself, or the Java archive that holds it
 * @param entry its name in the archive; empty when it is a file of its own
 * @param about what it is, a sentence
 * @param change what is changed in the copy, or null when nothing is
 */
record SampleSource(
        String name,
        String debianPackage,
        Path container,
        String entry,
        String about,
        @Nullable Change change) {
    /**
     * A text that is replaced once.
     *
     * @param why the reason, a sentence
     */
    record Change(String from, String to, String why) {
        private byte[] apply(byte[] content) {
            String text = new String(content, StandardCharsets.ISO_8859_1);
            int at = text.indexOf(from);
            return at < 0
                    ? content
                    : (text.substring(0, at) + to + text.substring(at + from.length()))
                            .getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static final Path TTOOLS = Path.of("/usr/share/java/starlink-ttools.jar");
    private static final Path ASTROPY = Path.of("/usr/lib/python3/dist-packages/astropy");

    /** All that Debian 12 and later have. */
    static List<SampleSource> ofDebian() {
        return List.of(
                inJar(
                        "messier.xml",
                        "uk/ac/starlink/ttools/server/messier.xml",
                        "VOTable of the 110 objects of Messier's catalogue: position, type, magnitude, size, distance.",
                        new Change(
                                "<PARAM arraysize=\"20x5\" datatype=\"char\" name=\"Originators\"",
                                "<PARAM arraysize=\"100\" datatype=\"char\" name=\"Originators\"",
                                "The list of originators is one text of 100 characters here, since Astropy reads no"
                                        + " arrays of texts.")),
                inJar(
                        "gaia_sky_means.fits",
                        "uk/ac/starlink/ttools/scheme/skysimdata.fits",
                        "FITS table of the whole sky in 12288 HEALPix cells (order 5, galactic): number of Gaia sources,"
                                + " mean magnitudes and colour.",
                        null),
                inAstropy(
                        "ngc1316.fits",
                        "io/fits/tests/data/comp.fits",
                        "Optical image of the galaxy NGC 1316 (Fornax A), 440 x 300 pixels, compressed by tiles (Rice):"
                                + " for Astropy; DS9 8.4 shows stripes."),
                inAstropy(
                        "parkes_1904-66.fits",
                        "modeling/tests/data/1904-66_AZP.fits",
                        "Radio continuum map of the Parkes multibeam survey around 19h04m -66d, 192 x 192 pixels."),
                inAstropy(
                        "dss_142956-624105.fits.gz",
                        "wcs/tests/data/dss.14.29.56-62.41.05.fits.gz",
                        "Digitized Sky Survey plate cut-out near Proxima Centauri, 100 x 100 pixels."),
                inAstropy(
                        "stis_o4sp040b0_raw.fits",
                        "io/fits/tests/data/o4sp040b0_raw.fits",
                        "Part of a raw STIS exposure by the Hubble Space Telescope, with its full headers."));
    }

    private static SampleSource inJar(String name, String entry, String about, @Nullable Change change) {
        return new SampleSource(name, "starlink-ttools-java", TTOOLS, entry, about, change);
    }

    private static SampleSource inAstropy(String name, String file, String about) {
        return new SampleSource(name, "python3-astropy", ASTROPY.resolve(file), "", about, null);
    }

    /** Where it comes from, for people. */
    String origin() {
        return entry.isEmpty() ? container.toString() : entry + " in " + container;
    }

    /** Reads the file; empty when the package is not installed or has no such file. */
    private Optional<byte[]> read() throws IOException {
        if (!Files.isReadable(container)) {
            return Optional.empty();
        }
        if (entry.isEmpty()) {
            return Optional.of(Files.readAllBytes(container));
        }
        try (ZipFile archive = new ZipFile(container.toFile())) {
            ZipEntry found = archive.getEntry(entry);
            if (found == null) {
                return Optional.empty();
            }
            try (InputStream content = archive.getInputStream(found)) {
                return Optional.of(content.readAllBytes());
            }
        }
    }

    /** Copies the file into a folder, whole or not at all. Returns whether it was there to copy. */
    boolean copyTo(Path folder) throws IOException {
        Optional<byte[]> content = read();
        if (content.isEmpty()) {
            return false;
        }
        Path part = folder.resolve("." + name + ".part");
        Files.write(part, change == null ? content.get() : change.apply(content.get()));
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        return true;
    }
}
