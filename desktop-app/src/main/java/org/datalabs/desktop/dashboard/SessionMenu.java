package org.datalabs.desktop.dashboard;

import java.util.function.Supplier;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.i18n.Texts;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The menu of a card with everything that can be done to its session. */
final class SessionMenu extends MenuButton {
    private final Texts texts = Texts.of(SessionMenu.class);
    private final Supplier<Session> session;
    private final CardContext context;
    private @Nullable Class<?> filledFor;

    SessionMenu(CardContext context, Supplier<Session> session) {
        this.context = context;
        this.session = session;
        setGraphic(new FontIcon(Octicons.KEBAB_HORIZONTAL_16));
        getStyleClass().addAll("button-icon", "flat", "no-arrow", "more");
        setMinWidth(USE_PREF_SIZE);
    }

    void refresh() {
        Session now = session.get();
        setId("session-menu-" + now.id());
        setAccessibleText(texts.get("menu", now.name()));
        setTooltip(new Tooltip(getAccessibleText()));
        fill(now.state());
    }

    /** Leaves the items alone when they stay the same: the menu may be open. */
    private void fill(SessionState state) {
        if (state.getClass().equals(filledFor)) {
            return;
        }
        filledFor = state.getClass();
        boolean ready = state instanceof SessionState.Ready;
        getItems().setAll(item("menu.open", Octicons.ARROW_RIGHT_16, this::open));
        if (ready) {
            getItems().add(item(context.commands().extendLabel(), "menu-extend", Octicons.STOPWATCH_16, this::extend));
            getItems().add(item("menu.pause", Feather.PAUSE, this::pause));
        }
        if (state instanceof SessionState.Paused) {
            getItems().add(item("menu.resume", Octicons.PLAY_16, this::resume));
        }
        getItems()
                .addAll(
                        item("menu.rename", Octicons.PENCIL_16, this::rename),
                        item("menu.log", Octicons.NOTE_16, this::log),
                        new SeparatorMenuItem());
        MenuItem destroy = item(
                state instanceof SessionState.Failed ? "menu.remove" : "menu.destroy",
                Octicons.TRASH_16,
                this::destroy);
        destroy.getStyleClass().add("danger");
        getItems().add(destroy);
    }

    private MenuItem item(String key, Ikon icon, Runnable run) {
        return item(texts.get(key), key.replace('.', '-'), icon, run);
    }

    private static MenuItem item(String label, String id, Ikon icon, Runnable run) {
        MenuItem item = new MenuItem(label, new FontIcon(icon));
        item.setId(id);
        item.setOnAction(event -> run.run());
        return item;
    }

    private void open() {
        context.tabs().open(session.get().id());
    }

    private void extend() {
        context.commands().extend(context.datazone(), session.get());
    }

    private void pause() {
        context.commands().pause(context.datazone(), session.get());
    }

    private void resume() {
        context.commands().resume(context.datazone(), session.get());
    }

    private void rename() {
        context.commands().rename(context.datazone(), session.get());
    }

    private void log() {
        context.tabs().openLog(session.get().id());
    }

    private void destroy() {
        context.commands().destroy(context.datazone(), session.get());
    }
}
