package org.datalabs.core.yaml;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a text may be.
 *
 * @param longest most characters (code points)
 * @param isOneLine whether it has no line ends
 * @param mayBeEmpty whether it may have no characters
 * @param check further check of a text of allowed length that is not empty; tells what is wrong
 * @param remedy what would be right
 */
public record TextForm(
        int longest, boolean isOneLine, boolean mayBeEmpty, Function<String, Optional<String>> check, String remedy) {

    /** One line of words. */
    public static TextForm line(int longest) {
        return checked(longest, text -> Optional.empty(), "Give one line of at most " + longest + " characters.");
    }

    /** Paragraphs in Markdown. */
    public static TextForm paragraphs(int longest) {
        return new TextForm(
                longest, false, false, text -> Optional.empty(), "Give text of at most " + longest + " characters.");
    }

    /** An amount of bytes, such as {@code 2 GB}; see {@link Numbers#bytes}. */
    public static TextForm amount() {
        return checked(
                20,
                text -> Numbers.bytes(text).isPresent()
                        ? Optional.empty()
                        : Optional.of(Fields.shown(text) + " is not an amount."),
                "Give a number and kB, MB, GB or TB, such as 2 GB.");
    }

    public static TextForm matching(String pattern, int longest, String remedy) {
        Pattern form = Pattern.compile(pattern);
        return checked(
                longest,
                text -> form.matcher(text).matches()
                        ? Optional.empty()
                        : Optional.of(Fields.shown(text) + " is not possible here."),
                remedy);
    }

    public static TextForm checked(int longest, Function<String, Optional<String>> check, String remedy) {
        return new TextForm(longest, true, false, check, remedy);
    }

    /** The same form for a text that may also be empty. */
    public TextForm orEmpty() {
        return new TextForm(longest, isOneLine, true, check, remedy);
    }

    /** The same form with a further check. */
    public TextForm and(Function<String, Optional<String>> further) {
        return new TextForm(
                longest, isOneLine, mayBeEmpty, text -> check.apply(text).or(() -> further.apply(text)), remedy);
    }

    /** What is wrong with {@code text}; empty when nothing is. */
    public Optional<String> error(String text) {
        if (text.isEmpty()) {
            return mayBeEmpty ? Optional.empty() : Optional.of("The text is empty.");
        }
        int length = text.codePointCount(0, text.length());
        if (length > longest) {
            return Optional.of("The text has " + length + " characters; " + longest + " are allowed.");
        }
        if (text.codePoints().anyMatch(this::isForbidden)) {
            return Optional.of(
                    isOneLine ? "The text has line ends or control characters." : "The text has control characters.");
        }
        return check.apply(text);
    }

    private boolean isForbidden(int character) {
        boolean layout = !isOneLine && (character == '\n' || character == '\t');
        return Character.isISOControl(character) && !layout;
    }
}
