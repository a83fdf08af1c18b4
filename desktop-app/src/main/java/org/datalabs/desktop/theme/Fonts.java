package org.datalabs.desktop.theme;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.text.Font;
import org.jspecify.annotations.Nullable;

/**
 * Loads Inter and JetBrains Mono: from Debian's packages where they are installed, since the system maps those files
 * into memory, else from the libraries that bundle them. The libraries lack Inter's medium weight.
 */
final class Fonts {
    private static final Logger LOG = System.getLogger(Fonts.class.getName());
    private static final double ANY_SIZE = 13;
    static final String MEDIUM = "Inter Medium";

    private final Path system;

    /** @param system folder of the system's fonts, {@code /usr/share/fonts} on Linux */
    Fonts(Path system) {
        this.system = system;
    }

    /** Loads all faces and says whether the medium weight is among them. */
    boolean load() {
        for (Face face : Face.values()) {
            if (!loadInstalled(face) && !loadBundled(face)) {
                LOG.log(Level.WARNING, "Font {0} is not available; another takes its place", face.file);
            }
        }
        return Font.getFamilies().contains(MEDIUM);
    }

    private boolean loadInstalled(Face face) {
        Path file = system.resolve(face.installed).resolve(face.file);
        return Files.isReadable(file) && face.is(Font.loadFont(file.toUri().toString(), ANY_SIZE));
    }

    private static boolean loadBundled(Face face) {
        try (InputStream data = Fonts.class.getResourceAsStream(face.bundled + face.file)) {
            return data != null && face.is(Font.loadFont(data, ANY_SIZE));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Font " + face.file + " cannot be read", e);
            return false;
        }
    }

    private enum Face {
        REGULAR("Inter", "Inter-Regular.otf", true),
        MEDIUM(Fonts.MEDIUM, "Inter-Medium.otf", true),
        SEMI_BOLD("Inter SemiBold", "Inter-SemiBold.otf", true),
        MONO("JetBrains Mono", "JetBrainsMono-Regular.ttf", false);

        private final String family;
        private final String file;
        private final String installed;
        private final String bundled;

        Face(String family, String file, boolean inter) {
            this.family = family;
            this.file = file;
            this.installed = inter ? "opentype/inter" : "truetype/jetbrains-mono";
            this.bundled = "/com/formdev/flatlaf/fonts/" + (inter ? "inter/" : "jetbrains_mono/");
        }

        /** Releases of a font name their families differently, so that one is of use only under the name we know. */
        boolean is(@Nullable Font loaded) {
            return loaded != null && loaded.getFamily().equals(family);
        }
    }
}
