package org.datalabs.desktop.session.vnc;

import java.util.List;

/** Combinations that this computer's system keeps for itself, to be sent from a menu. */
public enum SpecialKeys {
    CONTROL_ALT_DELETE,
    ALT_TAB,
    SUPER;

    /** In the order of pressing; released in reverse. */
    List<Integer> keysyms() {
        return switch (this) {
            case CONTROL_ALT_DELETE -> List.of(Keysyms.CONTROL, Keysyms.ALT, Keysyms.DELETE);
            case ALT_TAB -> List.of(Keysyms.ALT, Keysyms.TAB);
            case SUPER -> List.of(Keysyms.SUPER);
        };
    }
}
