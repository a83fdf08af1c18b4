package org.datalabs.desktop.theme;

import java.net.URL;
import java.util.MissingResourceException;
import javafx.scene.Parent;

/** Finds the style sheets that packages keep beside their classes. */
public final class StyleSheets {
    private StyleSheets() {}

    /** Adds {@code style.css} of the package that {@code member} is in to {@code root}. */
    public static void add(Parent root, Class<?> member) {
        root.getStylesheets().add(address(member, "style.css"));
    }

    /**
     * Address of a file beside a class.
     *
     * @throws MissingResourceException when there is none
     */
    static String address(Class<?> member, String file) {
        URL found = member.getResource(file);
        if (found == null) {
            throw new MissingResourceException("no style sheet", member.getName(), file);
        }
        return found.toExternalForm();
    }
}
