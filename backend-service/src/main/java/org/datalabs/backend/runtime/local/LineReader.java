package org.datalabs.backend.runtime.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads a program's output to its end, as lines of bounded length, as soon as they come. */
final class LineReader {
    private static final int CHUNK = 16_384;

    private final InputStream input;
    private final int longest;

    LineReader(InputStream input, int longest) {
        this.input = input;
        this.longest = longest;
    }

    /** Hands over all lines that came together at once; returns when the program has closed its end. */
    void readAll(Consumer<List<String>> lines) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        int count = input.read(chunk);
        while (count >= 0) {
            List<String> batch = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                if (chunk[i] != '\n') {
                    line.write(chunk[i]);
                }
                if (chunk[i] == '\n' || line.size() >= longest) {
                    batch.add(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                }
            }
            if (!batch.isEmpty()) {
                lines.accept(batch);
            }
            count = input.read(chunk);
        }
        if (line.size() > 0) {
            lines.accept(List.of(line.toString(StandardCharsets.UTF_8)));
        }
    }
}
