package org.datalabs.backend.runtime.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.datalabs.core.catalogue.LocalCommand;

/**
 * A local command with its placeholders filled in; see {@link LocalCommand} for their meaning.
 *
 * @param words program and arguments; holds secrets
 * @param environment variables; hold secrets
 */
record ProgramCommand(List<String> words, Map<String, String> environment) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(option\\.)?([a-z][a-z0-9_]*)}");

    /**
     * Fills in a command.
     *
     * @param values values by placeholder name, such as {@code socket}
     * @param options values of configuration options by option name
     */
    static ProgramCommand of(LocalCommand command, Map<String, String> values, Map<String, String> options) {
        List<String> words = new ArrayList<>();
        for (String word : command.command()) {
            if (!namesEmptyOption(word, options)) {
                words.add(fill(word, values, options));
            }
        }
        Map<String, String> environment = new TreeMap<>();
        command.environment().forEach((name, value) -> environment.put(name, fill(value, values, options)));
        return new ProgramCommand(List.copyOf(words), environment);
    }

    /** Whether a word or value of the command holds the placeholder {@code name}. */
    static boolean mentions(LocalCommand command, String name) {
        String placeholder = "{" + name + "}";
        return command.command().stream().anyMatch(word -> word.contains(placeholder))
                || command.environment().values().stream().anyMatch(value -> value.contains(placeholder));
    }

    private static boolean namesEmptyOption(String word, Map<String, String> options) {
        Matcher matcher = PLACEHOLDER.matcher(word);
        while (matcher.find()) {
            if (matcher.group(1) != null
                    && options.getOrDefault(matcher.group(2), "").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static String fill(String text, Map<String, String> values, Map<String, String> options) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            Map<String, String> from = match.group(1) == null ? values : options;
            String whenUnknown = match.group(1) == null ? match.group() : "";
            return Matcher.quoteReplacement(from.getOrDefault(match.group(2), whenUnknown));
        });
    }

    @Override
    public String toString() {
        return "ProgramCommand[" + words.size() + " words]";
    }
}
