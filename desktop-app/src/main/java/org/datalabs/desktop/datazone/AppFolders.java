package org.datalabs.desktop.datazone;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where the app keeps its files, after the XDG Base Directory Specification 0.8.
 *
 * @param config the user's choices
 * @param state what the embedded datazone and the app keep; {@code -Ddatalabs.state} overrides it
 */
public record AppFolders(Path config, Path state) {
    private static final String NAME = "datalabs";

    /**
     * The folders of this user.
     *
     * @param property a system property or null; {@code datalabs.state}, {@code datalabs.config} and {@code user.home} are
     *     read
     * @param variable an environment variable or null
     */
    public static AppFolders of(UnaryOperator<@Nullable String> property, UnaryOperator<@Nullable String> variable) {
        Path home = Path.of(given(property.apply("user.home"), "/"));
        return new AppFolders(
                folder(property.apply("datalabs.config"), variable.apply("XDG_CONFIG_HOME"), home.resolve(".config")),
                folder(
                        property.apply("datalabs.state"),
                        variable.apply("XDG_STATE_HOME"),
                        home.resolve(".local/state")));
    }

    /** Where the app itself keeps things, below the state. */
    public Path desktop() {
        return state.resolve("desktop");
    }

    /** The specification has relative paths in its variables ignored. */
    private static Path folder(@Nullable String own, @Nullable String base, Path usual) {
        if (own != null && !own.isBlank()) {
            return Path.of(own).toAbsolutePath().normalize();
        }
        Path parent = base != null && base.startsWith("/") ? Path.of(base) : usual;
        return parent.resolve(NAME).toAbsolutePath().normalize();
    }

    private static String given(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }
}
