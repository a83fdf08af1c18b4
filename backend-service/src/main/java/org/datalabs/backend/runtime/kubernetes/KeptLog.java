package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.datalabs.core.session.LogPage.Line;

/** The end of a log in the form in which it is kept: small, since the cluster's own database holds it. Pure. */
final class KeptLog {
    static final String KEY = "lines";

    private static final int LONGEST_LINE = 4_000;
    /** Most characters that are kept, before they are compressed. */
    private static final int MOST = 64_000;

    private KeptLog() {}

    /** Base64 of the compressed lines; the oldest are left out when they are too many. */
    static String pack(List<Line> lines) {
        List<String> packed = new ArrayList<>();
        int size = 0;
        for (int i = lines.size() - 1; i >= 0 && size < MOST; i--) {
            Line line = lines.get(i);
            String text = line.at() + "\t" + line.source() + "\t" + line.text() + "\n";
            size += text.length();
            packed.add(0, text);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(String.join("", packed).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** The lines that a secret holds; what cannot be read is left out. */
    static List<Line> unpack(Secret secret) {
        String packed = secret.getData() == null ? null : secret.getData().get(KEY);
        List<Line> lines = new ArrayList<>();
        if (packed == null) {
            return lines;
        }
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
            String text = new String(in.readNBytes(MOST * 8), StandardCharsets.UTF_8);
            for (String line : text.split("\n", -1)) {
                String[] fields = line.split("\t", 3);
                if (fields.length == 3) {
                    lines.add(new Line(Instant.parse(fields[0]), fields[1], fields[2]));
                }
            }
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
            return lines;
        }
        return lines;
    }

    static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    /** Colours and other terminal controls mean nothing in a log. */
    static String clean(String text) {
        String plain = text.replaceAll("\u001b\\[[0-9;?]*[ -/]*[@-~]", "").replaceAll("[\\p{Cntrl}&&[^\\t]]", "");
        return plain.length() > LONGEST_LINE ? plain.substring(0, LONGEST_LINE) : plain;
    }
}
