package org.datalabs.desktop.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.datalabs.desktop.i18n.Texts;
import org.jspecify.annotations.Nullable;

/**
 * What the program was started with.
 *
 * @param datazone address of a datazone to work on, or null for the one used last
 * @param state folder of the app's state, or null for the usual one
 * @param training whether it only rehearses, for the JVM's archive of classes, and ends by itself
 */
record Arguments(@Nullable URI datazone, @Nullable Path state, boolean training) {
    private static final List<String> KNOWN = List.of("--datazone", "--state", "--train");
    private static final int LONGEST = 4096;

    /** The outcome of reading the command line. */
    sealed interface Reading {
        record Good(Arguments arguments) implements Reading {}

        /** What is wrong, for standard error. */
        record Bad(String message) implements Reading {}

        /** The user asked what can be given. */
        record Help() implements Reading {}
    }

    static Reading read(List<String> words) {
        Texts texts = Texts.of(Arguments.class);
        URI datazone = null;
        Path state = null;
        boolean training = false;
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("--help") || word.equals("-h")) {
                return new Reading.Help();
            }
            if (!KNOWN.contains(word)) {
                return new Reading.Bad(texts.get("arguments.unknown", word));
            }
            String value = rest.hasNext() ? rest.next() : "";
            if (value.isBlank() || value.length() > LONGEST) {
                return new Reading.Bad(texts.get("arguments.value", word));
            }
            try {
                if (word.equals("--datazone")) {
                    datazone = address(value);
                } else {
                    state = Path.of(value).toAbsolutePath().normalize();
                    training |= word.equals("--train");
                }
            } catch (InvalidPathException | URISyntaxException e) {
                return new Reading.Bad(
                        texts.get(word.equals("--datazone") ? "arguments.datazone" : "arguments.state", word));
            }
        }
        return new Reading.Good(new Arguments(datazone, state, training));
    }

    private static URI address(String text) throws URISyntaxException {
        URI address = new URI(text);
        boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!web || address.getHost() == null || address.getRawUserInfo() != null || address.getRawQuery() != null) {
            throw new URISyntaxException("", "not the address of a datazone");
        }
        return address;
    }
}
