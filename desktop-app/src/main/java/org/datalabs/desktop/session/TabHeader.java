package org.datalabs.desktop.session;

import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.util.Subscription;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.control.DatalabTile;
import org.datalabs.desktop.control.IconButton;
import org.datalabs.desktop.control.SessionLook;
import org.datalabs.desktop.control.StateDot;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.session.SessionTabViewModel.Face;
import org.kordamp.ikonli.octicons.Octicons;

/** The handle of a tab: tile, name, state, close. */
final class TabHeader extends HBox {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

    private final SessionTabViewModel tab;
    private final Texts texts = Texts.of(TabHeader.class);
    private final DatalabTile tile = new DatalabTile(DatalabTile.Size.SMALL);
    private final Label name = new Label();
    private final StateDot dot = new StateDot();
    private final IconButton close;
    private final Subscription bound;

    TabHeader(SessionTabViewModel tab, Runnable select, Runnable onClose) {
        this.tab = tab;
        getStyleClass().add("session-tab");
        setId("session-tab-" + tab.id());
        setAccessibleRole(AccessibleRole.TAB_ITEM);
        setFocusTraversable(true);
        close = new IconButton(Octicons.X_16, texts.get("tab.close", ""));
        close.setId("session-tab-close-" + tab.id());
        close.setFocusTraversable(false);
        close.setOnAction(event -> onClose.run());
        getChildren().addAll(tile, name, dot, close);
        setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.MIDDLE) {
                onClose.run();
            } else {
                select.run();
            }
        });
        setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                select.run();
                event.consume();
            }
        });
        bound = Subscription.combine(
                tab.sessionProperty().subscribe(session -> refresh()),
                tab.faceProperty().subscribe(face -> refresh()));
    }

    void dispose() {
        bound.unsubscribe();
    }

    SessionTabViewModel tab() {
        return tab;
    }

    void setSelected(boolean selected) {
        pseudoClassStateChanged(SELECTED, selected);
    }

    private void refresh() {
        Session session = tab.sessionProperty().get();
        if (session == null) {
            name.setText(texts.get("tab.unknown"));
            return;
        }
        tile.setIcon(tab.datazone()
                .catalogueProperty()
                .get()
                .find(session.datalab())
                .map(CatalogueEntry::datalab)
                .map(datalab -> datalab.icon())
                .orElse(null));
        name.setText(session.name());
        SessionState state = session.state();
        SessionLook look = tab.faceProperty().get() == Face.ENDED ? SessionLook.STOPPED : SessionLook.of(state);
        dot.show(look);
        close.setAction(texts.get("tab.close", session.name()));
        setAccessibleText(texts.get("tab", session.name(), texts.of("look", look)));
    }
}
