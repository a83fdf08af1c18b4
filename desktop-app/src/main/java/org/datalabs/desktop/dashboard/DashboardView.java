package org.datalabs.desktop.dashboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.control.Action;
import org.datalabs.desktop.control.Banner;
import org.datalabs.desktop.control.Glyph;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.datazone.Connection;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.launch.LaunchPort;
import org.datalabs.desktop.running.SessionCommands;
import org.datalabs.desktop.session.SessionPort;
import org.datalabs.desktop.theme.StyleSheets;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.ScreenContext;
import org.datalabs.desktop.view.ScreenView;
import org.datalabs.desktop.view.StatePane;
import org.datalabs.desktop.view.ViewState;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The dashboard's screen. */
final class DashboardView extends ScreenView {
    private static final double NARROW = 1100;

    private final ScreenContext shell;
    private final DashboardViewModel dashboard;
    private final LaunchPort launches;
    private final SessionPort tabs;
    private final SessionCommands commands;
    private final Texts texts = Texts.of(DashboardView.class);
    private final Formats formats = new Formats();
    private final Label subtitle = new Label();
    private final Banner offline = new Banner(Tone.WARNING, Feather.CLOUD_OFF);
    private final QuotaStrip quota = new QuotaStrip();
    private final VBox wide = new VBox();
    private final GridPane coming = new GridPane();
    private final VBox resting = new VBox();
    private final ActivityPane activity = new ActivityPane();
    private final StatePane state;
    private final VBox node = new VBox();
    private final Map<SessionId, SessionCard> cards = new LinkedHashMap<>();
    private @Nullable Datazone shown;

    DashboardView(
            ScreenContext shell,
            DashboardViewModel dashboard,
            LaunchPort launches,
            SessionPort tabs,
            SessionCommands commands) {
        this.shell = shell;
        this.dashboard = dashboard;
        this.launches = launches;
        this.tabs = tabs;
        this.commands = commands;
        StyleSheets.add(node, DashboardView.class);
        node.getStyleClass().addAll("screen", "dashboard");
        state = new StatePane(content(), () -> StatePane.cards(4, 400, 120));
        VBox.setVgrow(state, Priority.ALWAYS);
        node.getChildren().addAll(head(), offline, quota, state);
    }

    private Node head() {
        Label title = new Label(texts.get("title"));
        title.getStyleClass().add("t1");
        subtitle.getStyleClass().add("muted");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button history = new Button(texts.get("history"), new FontIcon(Octicons.HISTORY_16));
        history.setId("dashboard-history");
        history.setOnAction(event -> openHistory());
        Button run = new Button(texts.get("run"), Glyph.PLAY.draw(12));
        run.setId("dashboard-run");
        run.getStyleClass().add("accent");
        run.setOnAction(event -> shell.navigator().open(new Place.Catalogue()));
        HBox head = new HBox(title, subtitle, space, history, run);
        head.getStyleClass().add("screen-head");
        return head;
    }

    private Node content() {
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        coming.getColumnConstraints().setAll(half, half);
        coming.getStyleClass().add("coming");
        wide.getStyleClass().add("cards");
        resting.getStyleClass().add("cards");
        VBox column = new VBox(wide, coming, resting);
        column.getStyleClass().add("cards");
        ScrollPane scroll = new ScrollPane(column);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        HBox.setHgrow(scroll, Priority.ALWAYS);
        VBox side = new VBox(activity);
        side.getStyleClass().add("side");
        HBox content = new HBox(scroll, side);
        content.getStyleClass().add("content");
        content.widthProperty().subscribe(width -> {
            boolean room = width.doubleValue() >= NARROW;
            Shown.when(side, room);
        });
        return content;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    protected Subscription attach(Place place) {
        Subscription model = dashboard.attach();
        Subscription changes = dashboard.changesProperty().subscribe(count -> update());
        Subscription ticks = shell.now().subscribe(this::tick);
        update();
        return Subscription.combine(model, changes, ticks, this::clear);
    }

    private void openHistory() {
        HistoryDialog dialog = new HistoryDialog(context(), shell.dialogs()::close);
        shell.dialogs().show(dialog, dialog::dispose);
    }

    private CardContext context() {
        return new CardContext(shell, dashboard.datazone(), commands, launches, tabs);
    }

    private void tick(Instant now) {
        cards.values().forEach(card -> card.tick(now));
    }

    private void clear() {
        cards.values().forEach(SessionCard::dispose);
        cards.clear();
    }

    private void update() {
        Datazone datazone = dashboard.datazone();
        if (datazone != shown) {
            shown = datazone;
            clear();
        }
        subtitle.setText(texts.get("subtitle", datazone.name()));
        quota.show(dashboard.quota());
        activity.show(dashboard.news(), shell.now().getValue());
        showOffline();
        List<Session> sessions = dashboard.sessions();
        showCards(sessions);
        if (!sessions.isEmpty()) {
            state.setState(new ViewState.Content());
        } else if (dashboard.isLoading()) {
            state.setState(new ViewState.Loading(texts.get("loading", datazone.name())));
        } else if (dashboard.isUnknown()) {
            state.setState(new ViewState.Empty(
                    ViewState.Drawing.ORBIT,
                    texts.get("unknown.title"),
                    texts.get("unknown.text", datazone.name()),
                    List.of(new Action(
                            texts.get("empty.browse"), () -> shell.navigator().open(new Place.Catalogue())))));
        } else {
            state.setState(new ViewState.Empty(
                    ViewState.Drawing.ORBIT,
                    texts.get("empty.title"),
                    texts.get("empty.text"),
                    List.of(
                            new Action(texts.get("empty.browse"), () -> shell.navigator()
                                    .open(new Place.Catalogue())),
                            new Action(texts.get("empty.history"), this::openHistory))));
        }
    }

    private void showOffline() {
        boolean isOffline = dashboard.offline().isPresent();
        Shown.when(offline, isOffline);
        dashboard.offline().ifPresent(now -> {
            Datazone datazone = dashboard.datazone();
            offline.show(
                    texts.get("offline.title", datazone.name()),
                    texts.get(
                            "offline.text",
                            formats.recent(now.since(), shell.now().getValue()),
                            cause(now)),
                    new Action(texts.get("offline.retry"), datazone::retryNow));
        });
    }

    private static String cause(Connection.Offline offline) {
        return offline.cause().what();
    }

    private void showCards(List<Session> sessions) {
        CardContext context = context();
        Instant now = shell.now().getValue();
        Set<SessionId> present = new HashSet<>();
        List<Node> running = new ArrayList<>();
        List<Node> pairs = new ArrayList<>();
        List<Node> rest = new ArrayList<>();
        for (Session session : sessions) {
            present.add(session.id());
            SessionCard card = cards.get(session.id());
            if (card == null || !card.fits(session)) {
                if (card != null) {
                    card.dispose();
                }
                card = card(context, session);
                cards.put(session.id(), card);
            }
            card.show(session, now);
            if (card instanceof RunningCard) {
                running.add(card);
            } else if (card instanceof ComingCard) {
                pairs.add(card);
            } else {
                rest.add(card);
            }
        }
        cards.entrySet().removeIf(entry -> {
            boolean gone = !present.contains(entry.getKey());
            if (gone) {
                entry.getValue().dispose();
            }
            return gone;
        });
        place(wide, running);
        place(resting, rest);
        if (!coming.getChildren().equals(pairs)) {
            coming.getChildren().clear();
            for (int index = 0; index < pairs.size(); index++) {
                coming.add(pairs.get(index), index % 2, index / 2);
            }
        }
        Shown.when(coming, !pairs.isEmpty());
    }

    private static void place(VBox column, List<Node> nodes) {
        if (!column.getChildren().equals(nodes)) {
            column.getChildren().setAll(nodes);
        }
        Shown.when(column, !nodes.isEmpty());
    }

    private static SessionCard card(CardContext context, Session session) {
        if (session.state() instanceof SessionState.Ready) {
            return new RunningCard(context, session);
        }
        if (session.state() instanceof SessionState.Starting || session.state() instanceof SessionState.Pending) {
            return new ComingCard(context, session);
        }
        return new RestingCard(context, session);
    }
}
