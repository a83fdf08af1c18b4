package org.datalabs.desktop.datazone;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.datalabs.core.api.Json;
import org.datalabs.core.client.DatazoneAddress;
import org.jspecify.annotations.Nullable;

/**
 * The list of datazones and, in a file of its own, their access tokens. Only the user can read either; a file that cannot
 * be read is kept aside under another name. One thread at a time.
 */
final class SettingsFiles {
    private static final System.Logger LOG = System.getLogger(SettingsFiles.class.getName());
    private static final Pattern KEY = Pattern.compile("[a-z0-9-]{1,60}");
    private static final long MOST_BYTES = 1L << 20;

    private final AtomicFile list;
    private final AtomicFile tokens;
    private final Clock clock;
    private @Nullable Path keptAside;

    SettingsFiles(AppFolders folders, Clock clock) {
        this.list = new AtomicFile(folders.config().resolve("datazones.json"));
        this.tokens = new AtomicFile(folders.config().resolve("tokens.json"));
        this.clock = clock;
    }

    DatazoneSettings readList() {
        DatazoneSettings read = read(list, new TypeReference<>() {}, DatazoneSettings.none());
        if (isSound(read)) {
            return read;
        }
        keepAside(list, new IOException("it names an unknown format, a key twice, or an address that is none"));
        return DatazoneSettings.none();
    }

    /** Tokens by the keys of their datazones; secrets. */
    Map<String, String> readTokens() {
        return read(tokens, new TypeReference<>() {}, Map.of());
    }

    void writeList(DatazoneSettings settings) throws IOException {
        write(list, settings);
    }

    void writeTokens(Map<String, String> newTokens) throws IOException {
        write(tokens, newTokens);
    }

    /** Where a damaged file was put, or null when there was none. */
    @Nullable
    Path keptAside() {
        return keptAside;
    }

    private static boolean isSound(DatazoneSettings read) {
        Set<String> keys = new HashSet<>();
        return read.format() == DatazoneSettings.FORMAT
                && read.datazones().stream()
                        .allMatch(entry -> KEY.matcher(entry.key()).matches()
                                && !entry.key().equals(DatazoneSettings.LOCAL_KEY)
                                && !entry.name().isBlank()
                                && DatazoneAddress.error(entry.address()).isEmpty()
                                && keys.add(entry.key()));
    }

    private <T> T read(AtomicFile file, TypeReference<T> type, T otherwise) {
        try {
            if (Files.size(file.path()) > MOST_BYTES) {
                throw new IOException("it is longer than any list of datazones");
            }
            T read = Json.strict().readValue(Files.readAllBytes(file.path()), type);
            if (read != null) {
                return read;
            }
            throw new IOException("it is empty");
        } catch (NoSuchFileException none) {
            return otherwise;
        } catch (IOException | RuntimeException damaged) {
            keepAside(file, damaged);
            return otherwise;
        }
    }

    private static void write(AtomicFile file, Object value) throws IOException {
        ObjectMapper mapper = Json.lenient();
        ObjectWriter writer = mapper.writerWithDefaultPrettyPrinter();
        byte[] bytes = writer.writeValueAsBytes(value);
        file.replace(out -> out.write(bytes));
    }

    /** The content stays out of the log: it may be a token. */
    private void keepAside(AtomicFile file, Exception damaged) {
        String kind = damaged.getClass().getSimpleName();
        try {
            keptAside = file.keepAside(clock.instant());
            LOG.log(Level.WARNING, file.path() + " is damaged (" + kind + "); it is now " + keptAside);
        } catch (IOException stuck) {
            LOG.log(Level.WARNING, file.path() + " is damaged (" + kind + ") and cannot be renamed", stuck);
        }
    }
}
