package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.LogPage.Line;

/**
 * The log of one session in its folder. A position is the number of bytes ever written before a line, so it stays what
 * it is while older lines go: the log is kept in parts named after the position of their first byte, and when the newest
 * is full the oldest but one is deleted. Thread-safe.
 */
final class SessionLog {
    /** Two parts are kept: between 5 and 10 MB. */
    static final long PART_BYTES = 5_000_000;

    static final int LONGEST_LINE = 4_000;
    static final int MOST_LINES = 10_000;

    private static final String PREFIX = "log-";
    private static final int MOST_BYTES_AT_ONCE = 4_000_000;
    private static final char SEPARATOR = '\t';

    private final Path folder;
    private final long partBytes;

    SessionLog(Path folder, long partBytes) {
        this.folder = folder;
        this.partBytes = partBytes;
    }

    /**
     * Adds lines. When the disk is full they are lost, not the session.
     *
     * @param source {@code datalab} or {@code start}
     */
    synchronized void add(Instant at, String source, List<String> texts) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String text : texts) {
            String clean = clean(text);
            lines.append(at)
                    .append(SEPARATOR)
                    .append(source)
                    .append(SEPARATOR)
                    .append(clean)
                    .append('\n');
        }
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        NavigableMap<Long, Path> parts = parts();
        long start = parts.isEmpty() ? 0 : parts.lastKey();
        Path part = parts.isEmpty() ? part(start) : parts.lastEntry().getValue();
        long size = Files.exists(part) ? Files.size(part) : 0;
        if (size >= partBytes) {
            part = part(start + size);
            while (parts.size() > 1) {
                Files.delete(parts.pollFirstEntry().getValue());
            }
        }
        Files.writeString(part, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** See {@link org.datalabs.backend.runtime.SessionRuntime#log}. */
    synchronized LogPage page(long after, int limit) {
        int most = Math.max(1, Math.min(limit, MOST_LINES));
        try {
            NavigableMap<Long, Path> parts = parts();
            if (parts.isEmpty()) {
                return new LogPage(List.of(), 0);
            }
            long end = parts.lastKey() + Files.size(parts.lastEntry().getValue());
            long from = Math.max(parts.firstKey(), Math.min(after, end));
            return after < 0 ? last(parts, end, most) : read(parts, from, end, most);
        } catch (NoSuchFileException e) {
            return new LogPage(List.of(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines, oldest first. */
    List<String> lastTexts(int limit) {
        return page(-1, MOST_LINES).lines().stream()
                .filter(line -> line.source().equals("datalab") && !line.text().isBlank())
                .map(Line::text)
                .reduce(
                        new ArrayList<String>(),
                        (texts, text) -> {
                            texts.add(text);
                            if (texts.size() > limit) {
                                texts.remove(0);
                            }
                            return texts;
                        },
                        (one, other) -> other);
    }

    synchronized void delete() throws IOException {
        for (Path part : parts().values()) {
            Files.deleteIfExists(part);
        }
        Files.deleteIfExists(folder);
    }

    private LogPage read(NavigableMap<Long, Path> parts, long from, long end, int limit) throws IOException {
        List<Line> lines = new ArrayList<>();
        long position = from;
        while (position < end && lines.size() < limit) {
            Long start = parts.floorKey(position);
            Path part = start == null ? null : parts.get(start);
            if (start == null || part == null) {
                break;
            }
            byte[] bytes = bytes(part, position - start, MOST_BYTES_AT_ONCE);
            int begin = 0;
            for (int i = 0; i < bytes.length && lines.size() < limit; i++) {
                if (bytes[i] == '\n') {
                    parse(new String(bytes, begin, i - begin, StandardCharsets.UTF_8), lines);
                    begin = i + 1;
                }
            }
            if (begin == 0) {
                break;
            }
            position += begin;
        }
        return new LogPage(lines, position);
    }

    private LogPage last(NavigableMap<Long, Path> parts, long end, int limit) throws IOException {
        List<Line> lines = new ArrayList<>();
        long needed = limit;
        for (Path part : parts.descendingMap().values()) {
            long size = Files.size(part);
            byte[] bytes = bytes(part, Math.max(0, size - MOST_BYTES_AT_ONCE), MOST_BYTES_AT_ONCE);
            List<Line> backwards = new ArrayList<>();
            int stop = bytes.length;
            while (stop > 0 && backwards.size() < needed) {
                int begin = stop - 1;
                while (begin > 0 && bytes[begin - 1] != '\n') {
                    begin--;
                }
                parse(new String(bytes, begin, stop - 1 - begin, StandardCharsets.UTF_8), backwards);
                stop = begin;
            }
            lines.addAll(backwards);
            needed -= backwards.size();
            if (needed <= 0) {
                break;
            }
        }
        Collections.reverse(lines);
        return new LogPage(lines, end);
    }

    private static byte[] bytes(Path part, long from, int most) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(most, channel.size() - from)));
            int count = 0;
            while (count >= 0 && buffer.hasRemaining()) {
                count = channel.read(buffer, from + buffer.position());
            }
            byte[] bytes = new byte[buffer.position()];
            buffer.flip();
            buffer.get(bytes);
            return bytes;
        }
    }

    /** A line that was cut short by a full disk or a crash is left out. */
    private static void parse(String line, List<Line> lines) {
        String[] fields = line.split(String.valueOf(SEPARATOR), 3);
        if (fields.length < 3) {
            return;
        }
        try {
            lines.add(new Line(Instant.parse(fields[0]), fields[1], fields[2]));
        } catch (DateTimeParseException e) {
            return;
        }
    }

    /** Colours and other terminal controls mean nothing in a log. */
    private static String clean(String text) {
        String plain = text.replaceAll("\u001b\\[[0-9;?]*[ -/]*[@-~]", "").replaceAll("[\\p{Cntrl}&&[^\\t]]", "");
        return plain.length() > LONGEST_LINE ? plain.substring(0, LONGEST_LINE) : plain;
    }

    private NavigableMap<Long, Path> parts() throws IOException {
        NavigableMap<Long, Path> parts = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path entry : entries) {
                parts.put(Long.parseLong(entry.getFileName().toString().substring(PREFIX.length())), entry);
            }
        } catch (NoSuchFileException e) {
            return parts;
        }
        return parts;
    }

    private Path part(long start) {
        return folder.resolve(PREFIX + String.format("%019d", start));
    }
}
