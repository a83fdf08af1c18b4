package org.datalabs.desktop.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.Icon;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.desktop.control.DatalabTile;
import org.datalabs.desktop.control.SessionLook;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.control.StateDot;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.view.Following;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.ScreenContext;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** The places, the user's running datalabs, the quota. */
final class Sidebar extends VBox {
    private static final double WIDTH = 216;
    private static final double RAIL = 52;

    private final Texts texts = Texts.of(Sidebar.class);
    private final ScreenContext context;
    private final Map<Nav, NavItem> places = new LinkedHashMap<>();
    private final Label dashboardCount = new Label();
    private final Label heading = new Label(texts.get("sessions"));
    private final VBox sessions = new VBox();
    private final List<SessionItem> items = new ArrayList<>();
    private final QuotaPane quota = new QuotaPane();
    private boolean rail;

    Sidebar(ScreenContext context, Screens screens) {
        this.context = context;
        getStyleClass().addAll("chrome", "sidebar");
        dashboardCount.getStyleClass().addAll("caption", "muted");
        heading.getStyleClass().addAll("caption", "muted", "heading");
        for (Nav nav : Nav.PLACES) {
            if (screens.has(nav.place())) {
                getChildren().add(place(nav));
            }
        }
        ScrollPane scroll = new ScrollPane(sessions);
        scroll.setFitToWidth(true);
        scroll.setMinHeight(0);
        scroll.setFocusTraversable(false);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        Region spring = new Region();
        VBox.setVgrow(spring, Priority.ALWAYS);
        getChildren().addAll(heading, scroll, spring, quota);
        if (screens.has(Nav.SETTINGS.place())) {
            getChildren().add(place(Nav.SETTINGS));
        }
        context.navigator().placeProperty().subscribe(this::mark);
        Following.list(context.datazones().currentProperty(), Datazone::sessions, this::showSessions);
        context.datazones()
                .currentProperty()
                .flatMap(Datazone::catalogueProperty)
                .subscribe(catalogue -> showSessions());
        context.datazones()
                .currentProperty()
                .flatMap(Datazone::meProperty)
                .subscribe(me -> quota.show(me == null ? null : me.quota()));
        setRail(false);
    }

    void setRail(boolean newRail) {
        rail = newRail;
        double width = rail ? RAIL : WIDTH;
        setMinWidth(width);
        setMaxWidth(width);
        places.values().forEach(item -> item.setRail(rail));
        items.forEach(item -> item.line.setRail(rail));
        Shown.when(quota, !rail);
        showHeading();
    }

    private NavItem place(Nav nav) {
        Label count = nav.place() instanceof Place.Dashboard ? dashboardCount : new Label();
        NavItem item = new NavItem(
                new FontIcon(nav.icon()), count, () -> context.navigator().open(nav.place()));
        item.setWords(texts.get(nav.key()), texts.get(nav.key()));
        item.setId(nav.key().replace('.', '-'));
        places.put(nav, item);
        return item;
    }

    private void mark(Place current) {
        places.forEach((nav, item) -> item.setSelected(nav.holds(current)));
        items.forEach(item -> item.mark(current));
    }

    private void showSessions() {
        Datazone datazone = context.datazones().currentProperty().get();
        List<Session> shown = datazone.sessions();
        while (items.size() > shown.size()) {
            items.remove(items.size() - 1);
            sessions.getChildren().remove(items.size());
        }
        while (items.size() < shown.size()) {
            SessionItem item = new SessionItem();
            item.line.setRail(rail);
            items.add(item);
            sessions.getChildren().add(item.line);
        }
        for (int i = 0; i < shown.size(); i++) {
            Session session = shown.get(i);
            Icon icon = datazone.catalogueProperty()
                    .get()
                    .find(session.datalab())
                    .map(entry -> entry.datalab().icon())
                    .orElse(null);
            items.get(i).show(session, icon);
            items.get(i).mark(context.navigator().placeProperty().get());
        }
        dashboardCount.setText(shown.isEmpty() ? "" : String.valueOf(shown.size()));
        showHeading();
    }

    private void showHeading() {
        boolean shown = !rail && !items.isEmpty();
        Shown.when(heading, shown);
    }

    /** A running datalab; the line is kept when another datalab moves into its place. */
    private final class SessionItem {
        private final DatalabTile tile = new DatalabTile(DatalabTile.Size.SMALL);
        private final StateDot dot = new StateDot();
        private final NavItem line = new NavItem(tile, new HBox(dot), this::open);
        private @Nullable SessionId session;

        SessionItem() {
            line.getStyleClass().add("session");
        }

        void show(Session shown, @Nullable Icon icon) {
            session = shown.id();
            tile.setIcon(icon);
            SessionLook look = SessionLook.of(shown.state());
            dot.show(look);
            line.setWords(shown.name(), texts.get("session.line", shown.name(), texts.of("state", look)));
        }

        void mark(Place current) {
            line.setSelected(current instanceof Place.Running running
                    && running.session().equals(session));
        }

        private void open() {
            if (session != null) {
                context.navigator().open(new Place.Running(session));
            }
        }
    }
}
