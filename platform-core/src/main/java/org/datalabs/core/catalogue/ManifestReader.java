package org.datalabs.core.catalogue;

import java.io.IOException;
import java.io.Reader;
import java.util.List;
import org.datalabs.core.catalogue.manifest.DatalabReader;

/**
 * Reads {@code datalab.yaml} manifests of format {@code datalabs/v1}, a strict subset of YAML 1.2 without anchors,
 * aliases and tags. The JSON Schema beside this class describes the same format for editors. Holds no state;
 * thread-safe.
 */
public final class ManifestReader {
    /** Most characters of a manifest. */
    public static final int LONGEST = 256 * 1024;

    private static final int BUFFER = 8192;

    /** Reads a manifest; {@code file} is the name that problems carry. */
    public ManifestResult read(String file, String text) {
        if (text.length() > LONGEST) {
            return tooLong(file);
        }
        return DatalabReader.read(file, text);
    }

    /**
     * The same for a stream, of which it reads no more than is allowed; the caller closes it.
     *
     * @throws IOException when {@code text} cannot be read
     */
    public ManifestResult read(String file, Reader text) throws IOException {
        StringBuilder whole = new StringBuilder();
        char[] buffer = new char[BUFFER];
        for (int count = text.read(buffer); count >= 0; count = text.read(buffer)) {
            whole.append(buffer, 0, count);
            if (whole.length() > LONGEST) {
                return tooLong(file);
            }
        }
        return read(file, whole.toString());
    }

    private static ManifestResult tooLong(String file) {
        return new ManifestResult.Bad(List.of(new ManifestProblem(
                file,
                1,
                1,
                "",
                "The file is longer than " + LONGEST / 1024 + " kB.",
                "Keep to what the catalogue shows, and link to longer texts.")));
    }
}
