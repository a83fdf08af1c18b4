package org.datalabs.core.yaml;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and amounts as people write them in files. */
public final class Numbers {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,18}(\\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?");
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?) ?(kB|KB|MB|GB|TB)");
    private static final Map<String, Integer> SHIFTS = Map.of("kB", 10, "KB", 10, "MB", 20, "GB", 30, "TB", 40);

    private Numbers() {}

    public static Optional<BigDecimal> parse(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /** Bytes of an amount such as {@code 1.5 GB}, in binary multiples; empty when it is none or is no whole byte. */
    public static Optional<Long> bytes(String text) {
        Matcher amount = AMOUNT.matcher(text);
        if (!amount.matches()) {
            return Optional.empty();
        }
        BigDecimal unit = BigDecimal.valueOf(1L << SHIFTS.getOrDefault(amount.group(2), 0));
        return Optional.of(new BigDecimal(amount.group(1))
                .multiply(unit)
                .setScale(0, RoundingMode.HALF_UP)
                .longValue());
    }
}
