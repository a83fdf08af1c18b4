package org.datalabs.desktop.session.gateway;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides what is a file to be saved, and its name (RFC 6266). */
final class DownloadNames {
    private static final Pattern EXTENDED =
            Pattern.compile("filename\\*\\s*=\\s*utf-8'[^']*'([^;]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern PLAIN =
            Pattern.compile("filename\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern SHOWN =
            Pattern.compile("text/.*|image/(png|jpeg|gif|bmp|svg\\+xml|x-icon|vnd\\.microsoft\\.icon)"
                    + "|application/(json|xml|xhtml\\+xml|javascript|.*\\+json|.*\\+xml)|multipart/.*");
    private static final int LONGEST = 200;

    private DownloadNames() {}

    /** Whether a page's own window cannot show such an answer, or is asked not to. */
    static boolean isDownload(@Nullable String disposition, @Nullable String contentType) {
        if (disposition != null && disposition.trim().toLowerCase(Locale.ROOT).startsWith("attachment")) {
            return true;
        }
        return contentType != null
                && !SHOWN.matcher(contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT))
                        .matches();
    }

    static String name(@Nullable String disposition, URI address) {
        String path = address.getPath() == null ? "" : address.getPath();
        return plain(fromDisposition(disposition == null ? "" : disposition)
                .orElse(path.substring(path.lastIndexOf('/') + 1)));
    }

    private static Optional<String> fromDisposition(String disposition) {
        Matcher extended = EXTENDED.matcher(disposition);
        if (extended.find()) {
            try {
                String escaped = extended.group(1).trim().replace("+", "%2B");
                return Optional.of(URLDecoder.decode(escaped, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException damaged) {
                return Optional.empty();
            }
        }
        Matcher plain = PLAIN.matcher(disposition);
        if (!plain.find()) {
            return Optional.empty();
        }
        String quoted = plain.group(1);
        return Optional.of(quoted != null ? quoted.replaceAll("\\\\(.)", "$1") : plain.group(2));
    }

    /** No folders, no control characters, not hidden, not empty, not too long. */
    static String plain(String name) {
        String bare = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cntrl}:*?\"<>|]", "_")
                .replaceFirst("^\\.+", "")
                .trim();
        if (bare.isEmpty()) {
            return "download";
        }
        return bare.length() <= LONGEST ? bare : bare.substring(0, LONGEST);
    }
}
