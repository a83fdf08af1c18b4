package org.datalabs.desktop.session.web;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/**
 * The {@code key} and {@code code} of a DOM keyboard event (UI Events KeyboardEvent key and code values) for the JavaFX event
 * that WebKit is about to handle. FX thread only.
 */
final class KeyNames {
    private static final Map<KeyCode, String> KEYS = keys();
    private static final Map<KeyCode, String> CODES = codes();

    private final Map<KeyCode, String> held = new HashMap<>();
    private @Nullable KeyEvent current;
    private String key = "";

    /** Remembers the event until the next one. */
    void handling(KeyEvent event) {
        current = event;
        if (event.getEventType() == KeyEvent.KEY_PRESSED) {
            key = pressed(event);
            held.put(event.getCode(), key);
        } else if (event.getEventType() == KeyEvent.KEY_RELEASED) {
            // A release carries no text: it is the key that was pressed.
            String before = held.remove(event.getCode());
            key = before != null ? before : pressed(event);
        } else {
            key = typed(event.getCharacter());
        }
    }

    /** Key, code and location, separated by NUL; all unknown if no JavaFX event stands behind the DOM event. */
    String describe(String domType) {
        KeyEvent event = current;
        if (event == null) {
            return "Unidentified\0\0000";
        }
        KeyCode code = event.getCode();
        return key
                + '\0'
                + CODES.getOrDefault(code, "")
                + '\0'
                + (code.isKeypadKey() ? 3 : code.isModifierKey() ? 1 : 0);
    }

    static String pressed(KeyEvent event) {
        KeyCode code = event.getCode();
        String known = KEYS.get(code);
        if (known != null) {
            return known;
        }
        String text = event.getText();
        if (!text.isEmpty() && text.codePointAt(0) >= 0x20 && text.codePointAt(0) != 0x7f) {
            return text;
        }
        if (code.name().startsWith("DEAD_")) {
            return "Dead";
        }
        // With Control held the text is a control character.
        String letter = code.getChar();
        if (letter.length() == 1 && letter.charAt(0) > 0x20 && letter.charAt(0) < 0x7f) {
            return event.isShiftDown() ? letter : letter.toLowerCase(Locale.ROOT);
        }
        return "Unidentified";
    }

    private static String typed(String character) {
        return switch (character) {
            case "\r", "\n" -> "Enter";
            case "\t" -> "Tab";
            case "\b" -> "Backspace";
            case "\u001b" -> "Escape";
            case "\u007f" -> "Delete";
            default -> character.isEmpty() ? "Unidentified" : character;
        };
    }

    private static Map<KeyCode, String> keys() {
        Map<KeyCode, String> keys = new EnumMap<>(KeyCode.class);
        keys.put(KeyCode.ENTER, "Enter");
        keys.put(KeyCode.TAB, "Tab");
        keys.put(KeyCode.BACK_SPACE, "Backspace");
        keys.put(KeyCode.ESCAPE, "Escape");
        keys.put(KeyCode.DELETE, "Delete");
        keys.put(KeyCode.INSERT, "Insert");
        keys.put(KeyCode.HOME, "Home");
        keys.put(KeyCode.END, "End");
        keys.put(KeyCode.PAGE_UP, "PageUp");
        keys.put(KeyCode.PAGE_DOWN, "PageDown");
        keys.put(KeyCode.UP, "ArrowUp");
        keys.put(KeyCode.DOWN, "ArrowDown");
        keys.put(KeyCode.LEFT, "ArrowLeft");
        keys.put(KeyCode.RIGHT, "ArrowRight");
        keys.put(KeyCode.KP_UP, "ArrowUp");
        keys.put(KeyCode.KP_DOWN, "ArrowDown");
        keys.put(KeyCode.KP_LEFT, "ArrowLeft");
        keys.put(KeyCode.KP_RIGHT, "ArrowRight");
        keys.put(KeyCode.SHIFT, "Shift");
        keys.put(KeyCode.CONTROL, "Control");
        keys.put(KeyCode.ALT, "Alt");
        keys.put(KeyCode.ALT_GRAPH, "AltGraph");
        keys.put(KeyCode.META, "Meta");
        keys.put(KeyCode.WINDOWS, "Meta");
        keys.put(KeyCode.COMMAND, "Meta");
        keys.put(KeyCode.CAPS, "CapsLock");
        keys.put(KeyCode.NUM_LOCK, "NumLock");
        keys.put(KeyCode.SCROLL_LOCK, "ScrollLock");
        keys.put(KeyCode.CONTEXT_MENU, "ContextMenu");
        keys.put(KeyCode.PRINTSCREEN, "PrintScreen");
        keys.put(KeyCode.PAUSE, "Pause");
        for (KeyCode code : KeyCode.values()) {
            if (code.isFunctionKey()) {
                keys.put(code, code.name());
            }
        }
        return keys;
    }

    private static Map<KeyCode, String> codes() {
        Map<KeyCode, String> codes = new EnumMap<>(KeyCode.class);
        for (KeyCode code : KeyCode.values()) {
            String name = code.name();
            if (name.matches("[A-Z]")) {
                codes.put(code, "Key" + name);
            } else if (name.matches("DIGIT[0-9]")) {
                codes.put(code, "Digit" + name.substring(5));
            } else if (name.matches("NUMPAD[0-9]")) {
                codes.put(code, "Numpad" + name.substring(6));
            } else if (code.isFunctionKey()) {
                codes.put(code, name);
            }
        }
        KEYS.forEach((code, name) -> codes.putIfAbsent(code, name));
        codes.put(KeyCode.SHIFT, "ShiftLeft");
        codes.put(KeyCode.CONTROL, "ControlLeft");
        codes.put(KeyCode.ALT, "AltLeft");
        codes.put(KeyCode.ALT_GRAPH, "AltRight");
        codes.put(KeyCode.META, "MetaLeft");
        codes.put(KeyCode.WINDOWS, "MetaLeft");
        codes.put(KeyCode.COMMAND, "MetaLeft");
        codes.put(KeyCode.KP_UP, "Numpad8");
        codes.put(KeyCode.KP_DOWN, "Numpad2");
        codes.put(KeyCode.KP_LEFT, "Numpad4");
        codes.put(KeyCode.KP_RIGHT, "Numpad6");
        codes.put(KeyCode.ADD, "NumpadAdd");
        codes.put(KeyCode.SUBTRACT, "NumpadSubtract");
        codes.put(KeyCode.MULTIPLY, "NumpadMultiply");
        codes.put(KeyCode.DIVIDE, "NumpadDivide");
        codes.put(KeyCode.DECIMAL, "NumpadDecimal");
        codes.put(KeyCode.SPACE, "Space");
        codes.put(KeyCode.MINUS, "Minus");
        codes.put(KeyCode.EQUALS, "Equal");
        codes.put(KeyCode.OPEN_BRACKET, "BracketLeft");
        codes.put(KeyCode.CLOSE_BRACKET, "BracketRight");
        codes.put(KeyCode.BACK_SLASH, "Backslash");
        codes.put(KeyCode.SEMICOLON, "Semicolon");
        codes.put(KeyCode.QUOTE, "Quote");
        codes.put(KeyCode.BACK_QUOTE, "Backquote");
        codes.put(KeyCode.COMMA, "Comma");
        codes.put(KeyCode.PERIOD, "Period");
        codes.put(KeyCode.SLASH, "Slash");
        codes.put(KeyCode.LESS, "IntlBackslash");
        return codes;
    }
}
