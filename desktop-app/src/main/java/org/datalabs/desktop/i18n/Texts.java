package org.datalabs.desktop.i18n;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The texts of one package. Immutable. */
public final class Texts {
    private static final String FILE = ".texts";

    private final ResourceBundle bundle;

    private Texts(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    /** The texts in {@code texts.properties} of the package that {@code member} is in. */
    public static Texts of(Class<?> member) {
        return new Texts(
                ResourceBundle.getBundle(member.getPackageName() + FILE, Locale.getDefault(), member.getClassLoader()));
    }

    /**
     * A text with its arguments filled in.
     *
     * @throws java.util.MissingResourceException when there is no such key
     */
    public String get(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), Locale.UK).format(arguments);
    }

    /** The text of an enum constant, under {@code prefix.CONSTANT}. */
    public String of(String prefix, Enum<?> constant) {
        return get(prefix + "." + constant.name());
    }
}
