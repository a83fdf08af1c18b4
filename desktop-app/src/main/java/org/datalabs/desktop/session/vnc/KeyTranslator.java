package org.datalabs.desktop.session.vnc;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * Turns JavaFX key events into RFB ones. Characters travel as keysyms, so that what this computer's layout types is what
 * the desktop gets, whatever its own layout; keys without a character carry a scan code too. FX thread only.
 */
final class KeyTranslator {
    /** Their effect is in the character already; AltGr and the locks of both sides must not add up. */
    private static final Set<KeyCode> KEPT_HERE =
            EnumSet.of(KeyCode.CAPS, KeyCode.NUM_LOCK, KeyCode.ALT_GRAPH, KeyCode.COMPOSE);

    private final Map<KeyCode, KeyStroke> held = new LinkedHashMap<>();

    /** What to send for a press (also a repeated one); empty if the key types nothing by itself. */
    List<KeyStroke> pressed(KeyEvent event) {
        KeyCode code = event.getCode();
        if (KEPT_HERE.contains(code)) {
            return List.of();
        }
        Optional<KeyStroke> stroke = Keysyms.of(code)
                .map(key -> new KeyStroke(true, key.keysym(), key.scanCode()))
                .or(() -> character(event).map(c -> new KeyStroke(true, Keysyms.ofCharacter(c), 0)));
        if (stroke.isEmpty()) {
            return List.of();
        }
        KeyStroke down = stroke.get();
        List<KeyStroke> strokes = new ArrayList<>();
        strokes.add(down);
        if (code == KeyCode.UNDEFINED) {
            // Its release cannot be told from another unnamed key's.
            strokes.add(up(down));
        } else {
            KeyStroke before = held.put(code, down);
            if (before != null && before.keysym() != down.keysym()) {
                strokes.add(0, up(before));
            }
        }
        return strokes;
    }

    List<KeyStroke> released(KeyEvent event) {
        KeyStroke down = held.remove(event.getCode());
        return down == null ? List.of() : List.of(up(down));
    }

    /** Text that an input method composed: dead keys, compose sequences, other scripts. */
    List<KeyStroke> committed(String text) {
        List<KeyStroke> strokes = new ArrayList<>();
        text.codePoints().filter(KeyTranslator::isPrintable).forEach(c -> {
            KeyStroke down = new KeyStroke(true, Keysyms.ofCharacter(c), 0);
            strokes.add(down);
            strokes.add(up(down));
        });
        return strokes;
    }

    /** Lets go of everything, last pressed first: the focus went elsewhere and releases will not be seen. */
    List<KeyStroke> releaseAll() {
        List<KeyStroke> strokes = new ArrayList<>();
        held.values().forEach(down -> strokes.add(0, up(down)));
        held.clear();
        return strokes;
    }

    private static Optional<Integer> character(KeyEvent event) {
        String text = event.getText();
        if (!text.isEmpty() && isPrintable(text.codePointAt(0))) {
            return Optional.of(text.codePointAt(0));
        }
        // With Control held the text is a control character: the key's own letter is meant.
        String name = event.getCode().getChar();
        if ((event.isControlDown() || event.isAltDown() || event.isMetaDown())
                && event.getCode() != KeyCode.UNDEFINED
                && name.length() == 1
                && isPrintable(name.charAt(0))) {
            return Optional.of((int) (event.isShiftDown() ? name.charAt(0) : Character.toLowerCase(name.charAt(0))));
        }
        return Optional.empty();
    }

    private static boolean isPrintable(int codePoint) {
        return codePoint >= 0x20 && (codePoint < 0x7f || codePoint >= 0xa0);
    }

    private static KeyStroke up(KeyStroke down) {
        return new KeyStroke(false, down.keysym(), down.scanCode());
    }
}
