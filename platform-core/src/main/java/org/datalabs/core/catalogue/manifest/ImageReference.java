package org.datalabs.core.catalogue.manifest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.datalabs.core.yaml.Fields;

/**
 * The form of container image references: the grammar of the OCI distribution specification's reference
 * implementation, of which one release must be named.
 */
final class ImageReference {
    private static final String NAME = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final String HOST = "(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?)(?::[0-9]{1,5})?/";
    private static final Pattern REFERENCE = Pattern.compile("(?:" + HOST + ")?" + NAME + "(?:/" + NAME + ")*"
            + "(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(?<digest>@sha256:[a-f0-9]{64})?");

    private ImageReference() {}

    static Optional<String> error(String text) {
        Matcher reference = REFERENCE.matcher(text);
        if (!reference.matches()) {
            return Optional.of(Fields.shown(text) + " is not an image reference.");
        }
        String tag = reference.group("tag");
        if (reference.group("digest") == null && (tag == null || tag.equals("latest"))) {
            return Optional.of(Fields.shown(text) + " may be another image tomorrow.");
        }
        return Optional.empty();
    }
}
