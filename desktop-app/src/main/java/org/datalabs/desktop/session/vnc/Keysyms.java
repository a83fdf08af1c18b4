package org.datalabs.desktop.session.vnc;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javafx.scene.input.KeyCode;

/** X11 keysyms (X Window System Protocol, appendix A) of JavaFX keys and of characters. */
final class Keysyms {
    static final int SHIFT = 0xffe1;
    static final int CONTROL = 0xffe3;
    static final int ALT = 0xffe9;
    static final int SUPER = 0xffeb;
    static final int TAB = 0xff09;
    static final int DELETE = 0xffff;
    private static final int UNICODE = 0x01000000;

    /** A key that is the same on every layout. */
    record FixedKey(int keysym, int scanCode) {}

    private static final Map<KeyCode, FixedKey> FIXED = fixed();

    private Keysyms() {}

    static Optional<FixedKey> of(KeyCode code) {
        return Optional.ofNullable(FIXED.get(code));
    }

    static int ofCharacter(int codePoint) {
        return codePoint < 0x100 ? codePoint : UNICODE | codePoint;
    }

    private static Map<KeyCode, FixedKey> fixed() {
        Map<KeyCode, FixedKey> keys = new EnumMap<>(KeyCode.class);
        keys.put(KeyCode.ESCAPE, new FixedKey(0xff1b, 0x01));
        keys.put(KeyCode.BACK_SPACE, new FixedKey(0xff08, 0x0e));
        keys.put(KeyCode.TAB, new FixedKey(TAB, 0x0f));
        keys.put(KeyCode.ENTER, new FixedKey(0xff0d, 0x1c));
        keys.put(KeyCode.SHIFT, new FixedKey(SHIFT, 0x2a));
        keys.put(KeyCode.CONTROL, new FixedKey(CONTROL, 0x1d));
        keys.put(KeyCode.ALT, new FixedKey(ALT, 0x38));
        keys.put(KeyCode.META, new FixedKey(SUPER, 0xdb));
        keys.put(KeyCode.WINDOWS, new FixedKey(SUPER, 0xdb));
        keys.put(KeyCode.COMMAND, new FixedKey(SUPER, 0xdb));
        keys.put(KeyCode.CONTEXT_MENU, new FixedKey(0xff67, 0xdd));
        keys.put(KeyCode.HOME, new FixedKey(0xff50, 0xc7));
        keys.put(KeyCode.LEFT, new FixedKey(0xff51, 0xcb));
        keys.put(KeyCode.UP, new FixedKey(0xff52, 0xc8));
        keys.put(KeyCode.RIGHT, new FixedKey(0xff53, 0xcd));
        keys.put(KeyCode.DOWN, new FixedKey(0xff54, 0xd0));
        keys.put(KeyCode.PAGE_UP, new FixedKey(0xff55, 0xc9));
        keys.put(KeyCode.PAGE_DOWN, new FixedKey(0xff56, 0xd1));
        keys.put(KeyCode.END, new FixedKey(0xff57, 0xcf));
        keys.put(KeyCode.INSERT, new FixedKey(0xff63, 0xd2));
        keys.put(KeyCode.DELETE, new FixedKey(DELETE, 0xd3));
        keys.put(KeyCode.PAUSE, new FixedKey(0xff13, 0));
        keys.put(KeyCode.PRINTSCREEN, new FixedKey(0xff61, 0xb7));
        keys.put(KeyCode.SCROLL_LOCK, new FixedKey(0xff14, 0x46));
        KeyCode[] functions = {
            KeyCode.F1, KeyCode.F2, KeyCode.F3, KeyCode.F4, KeyCode.F5, KeyCode.F6,
            KeyCode.F7, KeyCode.F8, KeyCode.F9, KeyCode.F10, KeyCode.F11, KeyCode.F12
        };
        for (int i = 0; i < functions.length; i++) {
            keys.put(functions[i], new FixedKey(0xffbe + i, i < 10 ? 0x3b + i : 0x57 + i - 10));
        }
        // The keypad by keysym alone: whether it types digits is this computer's NumLock, not the remote one's.
        KeyCode[] digits = {
            KeyCode.NUMPAD0, KeyCode.NUMPAD1, KeyCode.NUMPAD2, KeyCode.NUMPAD3, KeyCode.NUMPAD4,
            KeyCode.NUMPAD5, KeyCode.NUMPAD6, KeyCode.NUMPAD7, KeyCode.NUMPAD8, KeyCode.NUMPAD9
        };
        for (int i = 0; i < digits.length; i++) {
            keys.put(digits[i], new FixedKey(0xffb0 + i, 0));
        }
        keys.put(KeyCode.MULTIPLY, new FixedKey(0xffaa, 0));
        keys.put(KeyCode.ADD, new FixedKey(0xffab, 0));
        keys.put(KeyCode.SUBTRACT, new FixedKey(0xffad, 0));
        keys.put(KeyCode.DECIMAL, new FixedKey(0xffae, 0));
        keys.put(KeyCode.DIVIDE, new FixedKey(0xffaf, 0));
        keys.put(KeyCode.KP_LEFT, new FixedKey(0xff96, 0));
        keys.put(KeyCode.KP_UP, new FixedKey(0xff97, 0));
        keys.put(KeyCode.KP_RIGHT, new FixedKey(0xff98, 0));
        keys.put(KeyCode.KP_DOWN, new FixedKey(0xff99, 0));
        return keys;
    }
}
