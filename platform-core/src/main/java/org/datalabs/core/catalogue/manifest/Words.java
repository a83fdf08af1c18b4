package org.datalabs.core.catalogue.manifest;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How manifests write the constants of enums: in lower case. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Each constant by its word, in their order. */
    static <E extends Enum<E>> Map<String, E> all(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(of(constant), constant);
        }
        return words;
    }
}
