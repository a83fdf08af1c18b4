package org.datalabs.desktop.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.nio.file.Path;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.util.Subscription;

/** Dresses the scene and follows the user's choice of colours. */
public final class Theme {
    private static final String DARK = "dark";

    private final Appearance appearance;
    private final boolean mediumWeight;

    /** Loads the fonts. */
    public Theme(Appearance appearance) {
        this.appearance = appearance;
        this.mediumWeight = new Fonts(Path.of("/usr/share/fonts")).load();
    }

    /** Dresses {@code scene} now and whenever the choice changes, until unsubscribed. */
    public Subscription dress(Scene scene) {
        scene.getStylesheets().add(StyleSheets.address(Theme.class, "datalabs.css"));
        if (mediumWeight) {
            scene.getStylesheets().add(StyleSheets.address(Theme.class, "medium.css"));
        }
        return appearance.schemeProperty().subscribe(scheme -> apply(scene, scheme));
    }

    private static void apply(Scene scene, Scheme scheme) {
        boolean dark = scheme == Scheme.DARK;
        Application.setUserAgentStylesheet(
                dark ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
        scene.getRoot().getStyleClass().remove(DARK);
        if (dark) {
            scene.getRoot().getStyleClass().add(DARK);
        }
    }
}
