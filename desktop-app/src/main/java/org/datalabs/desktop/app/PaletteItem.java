package org.datalabs.desktop.app;

import org.datalabs.core.catalogue.Icon;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;

/**
 * A line of the palette.
 *
 * @param detail a few words in grey; may be empty
 * @param tile picture of a datalab, or null
 * @param icon picture of anything else, or null
 * @param keys the keys that do the same, or empty
 */
record PaletteItem(
        Group group,
        String title,
        String detail,
        @Nullable Icon tile,
        @Nullable Ikon icon,
        String keys,
        Runnable run) {

    /** Kinds of lines, in the order in which they are shown. */
    enum Group {
        SESSIONS,
        DATALABS,
        PLACES,
        COMMANDS
    }
}
