package org.datalabs.desktop.control;

import java.util.Locale;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.Label;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.theme.Motion;
import org.jspecify.annotations.Nullable;

/** The state of a session as icon, word and colour; tells screen readers once per change. */
public final class StatePill extends Label {
    private static final int LONGEST_REASON = 22;

    private final Texts texts = Texts.of(StatePill.class);
    private final Spinner icon;
    private final boolean pill;
    private @Nullable SessionLook look;

    /** @param pill whether the words stand on a coloured pill, or plainly in colour */
    public StatePill(Motion motion, boolean pill) {
        this.pill = pill;
        icon = new Spinner(motion);
        getStyleClass().add("state");
        if (pill) {
            getStyleClass().add("pill");
        }
        setGraphic(icon);
        setMinWidth(USE_PREF_SIZE);
    }

    public void show(SessionState state) {
        show(SessionLook.of(state), words(state));
    }

    /** Shows {@code words} in the look of a state, such as {@code Idle 38 min}. */
    public void show(SessionLook newLook, String words) {
        if (newLook != look) {
            if (look != null) {
                getStyleClass().remove(styleClass(look));
            }
            look = newLook;
            getStyleClass().add(styleClass(newLook));
            icon.show(newLook.icon(), newLook.turns());
        }
        if (!words.equals(getText())) {
            setText(words);
            notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        }
    }

    private String words(SessionState state) {
        if (!pill
                && state instanceof SessionState.Pending pending
                && pending.reason().length() <= LONGEST_REASON) {
            return pending.reason();
        }
        return texts.of("state", SessionLook.of(state));
    }

    private static String styleClass(SessionLook look) {
        return look.name().toLowerCase(Locale.ROOT);
    }
}
