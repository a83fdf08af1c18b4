package org.datalabs.core.catalogue;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.datalabs.core.volume.SessionPath;

/** Which values a configuration option accepts; for defaults in manifests and choices in launches alike. Pure. */
public final class OptionRules {
    /** Most characters of a text. */
    public static final int LONGEST_TEXT = 1000;

    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?");

    private OptionRules() {}

    /** What is wrong with {@code value} and what would be accepted, one sentence; empty when it is accepted. */
    public static Optional<String> error(ConfigurationOption option, String value) {
        return switch (option.type()) {
            case STRING -> textError(value);
            case BOOLEAN ->
                value.equals("true") || value.equals("false") ? Optional.empty() : Optional.of("Give true or false.");
            case CHOICE ->
                option.choices().contains(value)
                        ? Optional.empty()
                        : Optional.of("Choose one of " + String.join(", ", option.choices()) + ".");
            case PATH -> value.isEmpty() ? Optional.empty() : SessionPath.formError(value);
            case INTEGER ->
                INTEGER.matcher(value).matches()
                        ? rangeError(option, value)
                        : Optional.of("Give a whole number, such as 12.");
            case NUMBER ->
                NUMBER.matcher(value).matches() && Double.isFinite(Double.parseDouble(value))
                        ? rangeError(option, value)
                        : Optional.of("Give a number, such as 2.5.");
        };
    }

    private static Optional<String> textError(String value) {
        if (value.length() > LONGEST_TEXT) {
            return Optional.of("Shorten the text to at most " + LONGEST_TEXT + " characters.");
        }
        boolean oneLine = value.codePoints()
                .noneMatch(character -> Character.isISOControl(character)
                        || Character.getType(character) == Character.LINE_SEPARATOR
                        || Character.getType(character) == Character.PARAGRAPH_SEPARATOR
                        || Character.getType(character) == Character.SURROGATE);
        return oneLine ? Optional.empty() : Optional.of("Give one line without control characters.");
    }

    private static Optional<String> rangeError(ConfigurationOption option, String value) {
        BigDecimal number = new BigDecimal(value);
        Double least = option.minimum();
        Double most = option.maximum();
        boolean low = least != null && number.compareTo(BigDecimal.valueOf(least)) < 0;
        boolean high = most != null && number.compareTo(BigDecimal.valueOf(most)) > 0;
        if (!low && !high) {
            return Optional.empty();
        }
        if (least != null && most != null) {
            return Optional.of("Give a number from " + plain(least) + " to " + plain(most) + ".");
        }
        return Optional.of(
                least != null && low
                        ? "Give a number of at least " + plain(least) + "."
                        : "Give a number of at most " + plain(most == null ? 0 : most) + ".");
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
