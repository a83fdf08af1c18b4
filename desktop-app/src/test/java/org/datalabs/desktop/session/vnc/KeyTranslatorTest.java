package org.datalabs.desktop.session.vnc;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.event.EventType;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;

class KeyTranslatorTest {
    private final KeyTranslator translator = new KeyTranslator();

    private static KeyEvent event(EventType<KeyEvent> type, String text, KeyCode code, boolean control) {
        return new KeyEvent(type, "", text, code, false, control, false, false);
    }

    @Test
    void releasesWhatItPressedWhateverTheTextIsThen() {
        assertThat(translator.pressed(event(KeyEvent.KEY_PRESSED, "!", KeyCode.DIGIT1, false)))
                .containsExactly(new KeyStroke(true, '!', 0));
        assertThat(translator.released(event(KeyEvent.KEY_RELEASED, "1", KeyCode.DIGIT1, false)))
                .containsExactly(new KeyStroke(false, '!', 0));
    }

    @Test
    void meansTheLetterWhenControlHidesIt() {
        assertThat(translator.pressed(event(KeyEvent.KEY_PRESSED, "\3", KeyCode.C, true)))
                .containsExactly(new KeyStroke(true, 'c', 0));
    }

    @Test
    void sendsComposedTextAsCharacters() {
        assertThat(translator.committed("é漢"))
                .containsExactly(
                        new KeyStroke(true, 0xe9, 0),
                        new KeyStroke(false, 0xe9, 0),
                        new KeyStroke(true, 0x01006f22, 0),
                        new KeyStroke(false, 0x01006f22, 0));
    }

    @Test
    void keepsLocksAndDeadKeysHere() {
        assertThat(translator.pressed(event(KeyEvent.KEY_PRESSED, "", KeyCode.CAPS, false)))
                .isEmpty();
        assertThat(translator.pressed(event(KeyEvent.KEY_PRESSED, "", KeyCode.DEAD_ACUTE, false)))
                .isEmpty();
    }

    @Test
    void letsGoOfEverythingLastFirst() {
        translator.pressed(event(KeyEvent.KEY_PRESSED, "", KeyCode.CONTROL, false));
        translator.pressed(event(KeyEvent.KEY_PRESSED, "a", KeyCode.A, true));
        assertThat(translator.releaseAll())
                .containsExactly(new KeyStroke(false, 'a', 0), new KeyStroke(false, Keysyms.CONTROL, 0x1d));
        assertThat(translator.releaseAll()).isEmpty();
    }
}
