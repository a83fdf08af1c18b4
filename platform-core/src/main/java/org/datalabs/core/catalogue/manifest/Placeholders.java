package org.datalabs.core.catalogue.manifest;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.datalabs.core.yaml.Fields;
import org.datalabs.core.yaml.Nearest;

/**
 * The placeholders of local commands: a lower-case word in braces, such as <code>{socket}</code>. Braces around anything
 * else stand for themselves, so that commands can hold JSON.
 */
final class Placeholders {
    static final Set<String> OF_COMMANDS = Set.of("socket", "port", "base", "token", "home", "memory_mb");
    static final String OPTION = "option.";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][a-z0-9_.]*)\\}");

    private Placeholders() {}

    /** What is wrong with the placeholders in {@code text} when {@code known} ones may be used. */
    static Optional<String> error(String text, Set<String> known) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        while (placeholder.find()) {
            String name = placeholder.group(1);
            if (!known.contains(name)) {
                String meant = Nearest.to(name, known)
                        .map(near -> "Did you mean {" + near + "}?")
                        .orElseGet(() -> "Known here are {" + String.join("}, {", new TreeSet<>(known)) + "}.");
                return Optional.of("There is no placeholder {" + Fields.shown(name) + "}. " + meant);
            }
        }
        return Optional.empty();
    }

    static boolean mentions(String text, String name) {
        return text.contains("{" + name + "}");
    }
}
