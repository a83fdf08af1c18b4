package org.datalabs.desktop.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.control.Action;
import org.datalabs.desktop.control.Banner;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.control.TabLine;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.datazone.CatalogueSnapshot;
import org.datalabs.desktop.datazone.Connection;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.launch.LaunchPort;
import org.datalabs.desktop.session.SessionPort;
import org.datalabs.desktop.theme.StyleSheets;
import org.datalabs.desktop.view.Following;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.ScreenContext;
import org.datalabs.desktop.view.ScreenView;
import org.datalabs.desktop.view.StatePane;
import org.datalabs.desktop.view.ViewState;
import org.jspecify.annotations.Nullable;

/** The page of one datalab. */
public final class DetailsView extends ScreenView {
    private static final double SIDE_FROM = 860;
    private static final int SKELETON_ROWS = 8;

    private final Texts texts = Texts.of(DetailsView.class);
    private final ScreenContext context;
    private final DetailsHead head;
    private final Banner blocked = new Banner(Tone.WARNING);
    private final TabLine<Tab> tabs = new TabLine<>(this::showTab);
    private final DetailsTabs content;
    private final DetailsSide side;
    private final VBox main = new VBox();
    private final HBox columns = new HBox();
    private final VBox page = new VBox();
    private final StatePane root;
    private Tab tab = Tab.OVERVIEW;
    private @Nullable CatalogueEntry entry;

    /** The parts of the page. */
    enum Tab {
        OVERVIEW,
        VERSIONS,
        VOLUMES,
        LICENCE
    }

    public DetailsView(ScreenContext context, LaunchPort launches, SessionPort sessions) {
        this.context = context;
        head = new DetailsHead(context, launches, sessions);
        content = new DetailsTabs(context, launches, () -> openTab(Tab.VERSIONS));
        side = new DetailsSide(context);
        root = new StatePane(page(), () -> StatePane.bars(SKELETON_ROWS));
        root.getStyleClass().add("details-root");
        StyleSheets.add(root, DetailsView.class);
    }

    @Override
    public Parent node() {
        return root;
    }

    @Override
    public Map<KeyCombination, Runnable> keys() {
        return Map.of(new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN), head::run);
    }

    @Override
    public void refresh() {
        context.datazones().currentProperty().get().retryNow();
    }

    @Override
    protected Subscription attach(Place place) {
        if (!(place instanceof Place.Details details)) {
            return Subscription.EMPTY;
        }
        DatalabId id = details.datalab();
        tab = Tab.OVERVIEW;
        entry = null;
        ObservableValue<Datazone> current = context.datazones().currentProperty();
        return Subscription.combine(
                Following.value(current, Datazone::catalogueProperty, () -> update(id)),
                Following.value(
                        current, datazone -> datazone.connectionProperty().map(Object::getClass), () -> update(id)),
                Following.list(current, Datazone::sessions, () -> update(id)),
                Following.list(current, Datazone::volumes, () -> update(id)));
    }

    private Node page() {
        columns.getStyleClass().add("details-columns");
        main.getStyleClass().add("details-main");
        main.getChildren().add(content);
        main.setMinWidth(0);
        HBox.setHgrow(main, Priority.ALWAYS);
        columns.getChildren().addAll(main, side);
        page.getStyleClass().add("details");
        page.getChildren().addAll(head, blocked, tabs, columns);
        ScrollPane scroll = new ScrollPane(page);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.widthProperty().subscribe(width -> {
            boolean room = width.doubleValue() >= SIDE_FROM;
            Shown.when(side, room);
        });
        return scroll;
    }

    private void update(DatalabId id) {
        Datazone datazone = context.datazones().currentProperty().get();
        CatalogueSnapshot snapshot = datazone.catalogueProperty().get();
        Optional<CatalogueEntry> found = snapshot.find(id);
        if (found.isEmpty()) {
            entry = null;
            root.setState(missing(datazone, snapshot));
            return;
        }
        root.setState(new ViewState.Content());
        CatalogueEntry now = found.get();
        head.show(now, live(datazone, id), Runnability.of(now, datazone, texts));
        showBlocked(now, datazone);
        if (!now.equals(entry)) {
            entry = now;
            showTabs(now.datalab());
        }
        side.show(now);
        content.show(tab, now);
    }

    private static @Nullable Session live(Datazone datazone, DatalabId id) {
        return datazone.sessions().stream()
                .filter(session -> session.datalab().equals(id))
                .filter(session -> !(session.state() instanceof SessionState.Failed)
                        && !(session.state() instanceof SessionState.Stopped))
                .findFirst()
                .orElse(null);
    }

    private ViewState missing(Datazone datazone, CatalogueSnapshot snapshot) {
        if (snapshot.isNone() && !(datazone.connectionProperty().get() instanceof Connection.Offline)) {
            return new ViewState.Loading(texts.get("loading", datazone.name()));
        }
        return new ViewState.Empty(
                ViewState.Drawing.SEARCH,
                texts.get("details.missing", datazone.name()),
                texts.get("details.missing.text"),
                List.of(new Action(
                        texts.get("details.back"), () -> context.navigator().open(new Place.Catalogue()))));
    }

    private void showBlocked(CatalogueEntry now, Datazone datazone) {
        boolean online = datazone.connectionProperty().get() instanceof Connection.Online;
        boolean shown = !online || !now.availability().available();
        Shown.when(blocked, shown);
        if (!shown) {
            return;
        }
        if (online) {
            blocked.show(now.availability().reason(), now.availability().remedy(), null);
        } else {
            blocked.show(
                    texts.get("offline.title"),
                    texts.get("run.offline", datazone.name()),
                    new Action(texts.get("try.again"), datazone::retryNow));
        }
    }

    private void showTabs(Datalab datalab) {
        tabs.clear();
        tabs.add(Tab.OVERVIEW, texts.of("tab", Tab.OVERVIEW), -1);
        tabs.add(Tab.VERSIONS, texts.of("tab", Tab.VERSIONS), datalab.versions().size());
        if (!datalab.volumes().isEmpty()) {
            tabs.add(
                    Tab.VOLUMES, texts.of("tab", Tab.VOLUMES), datalab.volumes().size());
        }
        tabs.add(Tab.LICENCE, texts.of("tab", Tab.LICENCE), -1);
        tabs.choose(tab);
    }

    private void openTab(Tab wanted) {
        tabs.choose(wanted);
        showTab(wanted);
    }

    private void showTab(Tab wanted) {
        tab = wanted;
        if (entry != null) {
            content.show(wanted, entry);
        }
    }

    /** A title above a part of the page. */
    static Label title(String words) {
        Label title = new Label(words);
        title.getStyleClass().add("t3");
        return title;
    }
}
