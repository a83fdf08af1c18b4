package org.datalabs.desktop.dashboard;

import java.time.Instant;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.session.Session;
import org.datalabs.desktop.control.DatalabTile;
import org.datalabs.desktop.control.IconButton;
import org.datalabs.desktop.control.SessionLook;
import org.datalabs.desktop.control.StatePill;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.running.SessionWords;
import org.kordamp.ikonli.Ikon;

/** A session on the dashboard; one kind of card per look of a session. */
abstract class SessionCard extends VBox {
    private final CardContext context;
    private final SessionLook look;
    private final Texts texts = Texts.of(SessionCard.class);
    private final SessionWords words = new SessionWords();
    private final DatalabTile tile = new DatalabTile(DatalabTile.Size.NORMAL);
    private final Label name = new Label();
    private final StatePill pill;
    private final Label subtitle = new Label();
    private final HBox actions = new HBox();
    private final SessionMenu menu;
    private Session session;

    SessionCard(CardContext context, Session session) {
        this.context = context;
        this.session = session;
        look = SessionLook.of(session.state());
        pill = new StatePill(context.shell().motion(), true);
        menu = new SessionMenu(context, () -> this.session);
        getStyleClass().addAll("dl-card", "session-card");
        setId("session-card-" + session.id());
        name.getStyleClass().add("t3");
        name.setMinWidth(0);
        subtitle.getStyleClass().addAll("small-text", "muted");
        HBox title = new HBox(name, pill);
        title.getStyleClass().add("title");
        VBox both = new VBox(title, subtitle);
        both.getStyleClass().add("names");
        both.setMinWidth(0);
        HBox.setHgrow(both, Priority.ALWAYS);
        actions.getStyleClass().add("actions");
        actions.setAlignment(Pos.TOP_RIGHT);
        actions.setMinWidth(Region.USE_PREF_SIZE);
        HBox head = new HBox(tile, both, actions);
        head.getStyleClass().add("head");
        getChildren().add(head);
    }

    final boolean fits(Session other) {
        return other.id().equals(session.id()) && SessionLook.of(other.state()) == look;
    }

    final CardContext context() {
        return context;
    }

    final Session session() {
        return session;
    }

    final HBox actions() {
        return actions;
    }

    final SessionMenu menu() {
        return menu;
    }

    /** Adds a button with an icon alone; {@code action} names action and object. */
    final IconButton addIcon(String id, Ikon icon, String action, Runnable run) {
        IconButton button = new IconButton(icon, action);
        button.setId(id);
        button.setOnAction(event -> run.run());
        actions.getChildren().add(button);
        return button;
    }

    final Button addButton(String id, String label, Runnable run) {
        Button button = new Button(label);
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> run.run());
        actions.getChildren().add(button);
        return button;
    }

    /** Shows {@code newSession}, which {@link #fits}. */
    final void show(Session newSession, Instant now) {
        session = newSession;
        tile.setIcon(context.datazone()
                .catalogueProperty()
                .get()
                .find(session.datalab())
                .map(CatalogueEntry::datalab)
                .map(datalab -> datalab.icon())
                .orElse(null));
        name.setText(session.name());
        pill.show(session.state());
        subtitle.setText(words.subtitle(session, context.datazone().volumes()));
        setAccessibleText(texts.get("card", session.name(), pill.getText(), subtitle.getText()));
        menu.refresh();
        update(now);
        tick(now);
    }

    /** Shows what this kind of card shows beside the head. */
    abstract void update(Instant now);

    /** A second has passed. */
    void tick(Instant now) {}

    /** Stops whatever the card follows. */
    void dispose() {}
}
