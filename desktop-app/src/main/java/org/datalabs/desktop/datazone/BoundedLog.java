package org.datalabs.desktop.datazone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The log of a program, in a file of bounded size and one older file beside it. A log that cannot be written stops
 * nothing. Thread-safe.
 */
final class BoundedLog {
    private static final System.Logger LOG = System.getLogger(BoundedLog.class.getName());
    private static final long MOST_BYTES = 4L << 20;
    private static final int LONGEST_LINE = 16_384;

    private final Path path;
    private boolean failed;

    BoundedLog(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Copies a program's output until it ends; {@code lines} hears each line first and says whether to keep it. */
    void copy(InputStream output, Predicate<String> lines) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (String line = readLine(reader); line != null; line = readLine(reader)) {
                if (lines.test(line)) {
                    append(line);
                }
            }
        } catch (IOException ended) {
            LOG.log(Level.DEBUG, "The output of a program broke off", ended);
        }
    }

    synchronized void append(String line) {
        try {
            if (Files.exists(path) && Files.size(path) > MOST_BYTES) {
                Files.move(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            try (OutputStream out = Files.newOutputStream(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
            failed = false;
        } catch (IOException full) {
            if (!failed) {
                LOG.log(Level.WARNING, "The log " + path + " cannot be written", full);
            }
            failed = true;
        }
    }

    /** A line without its end, or null at the end of the output; what is longer comes in parts. */
    private static @Nullable String readLine(BufferedReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int letter = reader.read(); letter >= 0; letter = reader.read()) {
            if (letter == '\n') {
                return line.toString();
            }
            line.append((char) letter);
            if (line.length() >= LONGEST_LINE) {
                return line.toString();
            }
        }
        return line.isEmpty() ? null : line.toString();
    }
}
