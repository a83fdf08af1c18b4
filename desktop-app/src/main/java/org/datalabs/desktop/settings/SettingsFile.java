package org.datalabs.desktop.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Executor;
import javafx.util.Subscription;
import org.datalabs.desktop.theme.Appearance;
import org.datalabs.desktop.theme.Scheme;

/**
 * Keeps the user's settings in {@code settings.properties} of the state folder. A file that cannot be read is kept aside
 * as {@code settings.properties.unreadable} and the usual settings hold; unknown keys and values are passed over.
 */
public final class SettingsFile {
    private static final Logger LOG = System.getLogger(SettingsFile.class.getName());
    private static final String SCHEME = "scheme";
    private static final String REDUCED_MOTION = "reducedMotion";

    private final Path file;
    private final Executor writer;

    /** @param writer runs writes one after another */
    public SettingsFile(Path state, Executor writer) {
        this.file = state.resolve("settings.properties");
        this.writer = writer;
    }

    /** Sets {@code appearance} as it was kept. */
    public void load(Appearance appearance) {
        Properties kept = read();
        for (Scheme scheme : Scheme.values()) {
            if (word(scheme).equals(kept.getProperty(SCHEME))) {
                appearance.schemeProperty().set(scheme);
            }
        }
        appearance.reducedProperty().set(Boolean.parseBoolean(kept.getProperty(REDUCED_MOTION)));
    }

    /** Keeps every change from now on, until unsubscribed. */
    public Subscription follow(Appearance appearance) {
        return Subscription.combine(
                appearance.schemeProperty().subscribe((before, now) -> save(appearance)),
                appearance.reducedProperty().subscribe((before, now) -> save(appearance)));
    }

    private Properties read() {
        Properties kept = new Properties();
        if (!Files.exists(file)) {
            return kept;
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            kept.load(reader);
            return kept;
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(Level.WARNING, "The settings in " + file + " cannot be read; the usual ones hold", e);
            keepAside();
            return new Properties();
        }
    }

    private void keepAside() {
        try {
            Files.move(
                    file, file.resolveSibling(file.getFileName() + ".unreadable"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The unreadable settings stay where they are", e);
        }
    }

    private void save(Appearance appearance) {
        Properties kept = new Properties();
        kept.setProperty(SCHEME, word(appearance.schemeProperty().get()));
        kept.setProperty(
                REDUCED_MOTION, String.valueOf(appearance.reducedProperty().get()));
        writer.execute(() -> write(kept));
    }

    private void write(Properties kept) {
        try {
            Files.createDirectories(file.getParent());
            Path next = Files.createTempFile(file.getParent(), "settings", ".new");
            try (Writer out = Files.newBufferedWriter(next)) {
                kept.store(out, null);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The settings could not be kept in " + file, e);
        }
    }

    private static String word(Scheme scheme) {
        return scheme.name().toLowerCase(Locale.ROOT);
    }
}
