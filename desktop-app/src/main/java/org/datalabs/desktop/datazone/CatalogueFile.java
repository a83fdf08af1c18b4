package org.datalabs.desktop.datazone;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.datalabs.core.api.Json;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.jspecify.annotations.Nullable;

/**
 * The last catalogue of a datazone on the disk: gzip (RFC 1952) of JSON values, a header first and then the entries.
 * When it was last found unchanged is a small file beside it, so that the large one is written only when it changes.
 * A file that cannot be read is kept aside under another name. One thread at a time.
 */
final class CatalogueFile {
    private static final System.Logger LOG = System.getLogger(CatalogueFile.class.getName());
    private static final int FORMAT = 1;
    private static final int BUFFER = 1 << 16;

    private final AtomicFile file;
    private final AtomicFile confirmation;
    private final Clock clock;

    CatalogueFile(Path folder, String key, Clock clock) {
        this.file = new AtomicFile(folder.resolve(key + ".catalogue"));
        this.confirmation = new AtomicFile(folder.resolve(key + ".confirmed"));
        this.clock = clock;
    }

    private record Header(
            int format, String revision, @Nullable String etag, Instant readAt, int count) {}

    /** A catalogue and the validator to ask with for a newer one, or null. */
    record Kept(CatalogueSnapshot snapshot, @Nullable String etag) {
        static final Kept NOTHING = new Kept(CatalogueSnapshot.NONE, null);
    }

    /** The kept catalogue, or {@link Kept#NOTHING}. */
    Kept read() {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file.path()), BUFFER);
                InputStream in = new GZIPInputStream(raw, BUFFER)) {
            return read(in);
        } catch (NoSuchFileException none) {
            return Kept.NOTHING;
        } catch (IOException | RuntimeException damaged) {
            keepAside(damaged);
            return Kept.NOTHING;
        }
    }

    private Kept read(InputStream in) throws IOException {
        ObjectMapper mapper = Json.lenient();
        ObjectReader headers = mapper.readerFor(Header.class);
        try (JsonParser parser = mapper.getFactory().createParser(in)) {
            Header header = headers.readValue(parser);
            if (header.format() != FORMAT) {
                throw new IOException("unknown format " + header.format());
            }
            List<CatalogueEntry> entries = new ArrayList<>();
            MappingIterator<CatalogueEntry> values =
                    mapper.readerFor(CatalogueEntry.class).readValues(parser);
            while (values.hasNextValue()) {
                entries.add(values.nextValue());
            }
            if (entries.size() != header.count()) {
                throw new IOException("it has " + entries.size() + " entries instead of " + header.count());
            }
            return new Kept(CatalogueSnapshot.of(header.revision(), lastConfirmed(header), entries), header.etag());
        }
    }

    void write(Kept kept) throws IOException {
        file.replace(out -> {
            try (GZIPOutputStream zipped = new FastGzip(out)) {
                write(kept, zipped);
            }
        });
    }

    private static void write(Kept kept, OutputStream out) throws IOException {
        ObjectMapper mapper = Json.lenient();
        ObjectWriter entries = mapper.writerFor(CatalogueEntry.class);
        CatalogueSnapshot snapshot = kept.snapshot();
        Collection<CatalogueEntry> all = snapshot.byId().values();
        try (JsonGenerator generator = mapper.getFactory().createGenerator(out)) {
            generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            mapper.writeValue(
                    generator, new Header(FORMAT, snapshot.revision(), kept.etag(), snapshot.readAt(), all.size()));
            for (CatalogueEntry entry : all) {
                entries.writeValue(generator, entry);
            }
        }
    }

    /** Notes that the datazone still had {@code revision} at {@code when}. */
    void confirm(String revision, Instant when) throws IOException {
        byte[] text = (revision + "\n" + when + "\n").getBytes(StandardCharsets.UTF_8);
        confirmation.replace(out -> out.write(text));
    }

    void delete() throws IOException {
        Files.deleteIfExists(file.path());
        Files.deleteIfExists(confirmation.path());
    }

    private Instant lastConfirmed(Header header) {
        try {
            List<String> lines = Files.readAllLines(confirmation.path());
            if (lines.size() == 2 && lines.get(0).equals(header.revision())) {
                Instant confirmed = Instant.parse(lines.get(1));
                return confirmed.isAfter(header.readAt()) ? confirmed : header.readAt();
            }
        } catch (NoSuchFileException none) {
            return header.readAt();
        } catch (IOException | DateTimeException unreadable) {
            LOG.log(Level.WARNING, "When the catalogue was last confirmed cannot be read", unreadable);
        }
        return header.readAt();
    }

    private void keepAside(Exception damaged) {
        try {
            Path aside = file.keepAside(clock.instant());
            LOG.log(Level.WARNING, "The kept catalogue is damaged; it is now " + aside, damaged);
        } catch (IOException stuck) {
            damaged.addSuppressed(stuck);
            LOG.log(Level.WARNING, "The kept catalogue is damaged and cannot be renamed", damaged);
        }
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
