package org.datalabs.desktop.catalogue;

import atlantafx.base.controls.CustomTextField;
import java.util.List;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.session.SessionId;
import org.datalabs.desktop.control.KeyHint;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.launch.LaunchPort;
import org.datalabs.desktop.session.SessionPort;
import org.datalabs.desktop.theme.StyleSheets;
import org.datalabs.desktop.view.Following;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.ScreenContext;
import org.datalabs.desktop.view.ScreenView;
import org.datalabs.desktop.view.StatePane;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The catalogue page. */
public final class CatalogueView extends ScreenView {
    private static final double GAP = 14;
    private static final double LINE_GAP = 6;
    private static final int SKELETON_CARDS = 12;

    private final Texts texts = Texts.of(CatalogueView.class);
    private final ScreenContext context;
    private final LaunchPort launches;
    private final SessionPort sessions;
    private final CatalogueViewModel model;
    private final CatalogueStates states;
    private final VBox root = new VBox();
    private final CustomTextField search = new CustomTextField();
    private final FacetColumn facets;
    private final FilterBar bar;
    private final OfflineBanner offline;
    private final EntryGrid cards;
    private final EntryGrid lines;
    private final StatePane results;
    private Question shown = Question.START;

    public CatalogueView(ScreenContext context, LaunchPort launches, SessionPort sessions) {
        this.context = context;
        this.launches = launches;
        this.sessions = sessions;
        model = new CatalogueViewModel(context.datazones());
        states = new CatalogueStates(context, model);
        facets = new FacetColumn((facet, value, chosen) ->
                model.questionProperty().set(model.questionProperty().get().with(facet, value, chosen)));
        bar = new FilterBar(model);
        offline = new OfflineBanner(context);
        EntryActions actions = actions(new Marker(context.datazones(), context.toasts()));
        cards = new EntryGrid(
                DatalabCard.HEIGHT,
                GAP,
                DatalabCard.LEAST_WIDTH,
                () -> new DatalabCard(actions, context.motion()),
                this::fill);
        lines = new EntryGrid(
                DatalabLine.HEIGHT,
                LINE_GAP,
                Double.POSITIVE_INFINITY,
                () -> new DatalabLine(actions, context.motion()),
                this::fill);
        results = new StatePane(
                new StackPane(cards, lines),
                () -> StatePane.cards(SKELETON_CARDS, DatalabCard.LEAST_WIDTH, DatalabCard.HEIGHT));
        build();
    }

    @Override
    public Parent node() {
        return root;
    }

    @Override
    protected Subscription attach(Place place) {
        return Subscription.combine(
                model.follow(),
                bar.bind(),
                offline.bind(),
                model.questionProperty().subscribe(question -> {
                    if (!question.text().equals(search.getText())) {
                        search.setText(question.text());
                    }
                }),
                search.textProperty().subscribe(typed -> model.questionProperty()
                        .set(model.questionProperty().get().withText(typed))),
                model.foundProperty().subscribe(this::showFound),
                model.stageProperty().subscribe(this::showStage),
                model.runningProperty().subscribe(running -> refill()),
                Following.value(
                        context.datazones().currentProperty(),
                        datazone -> datazone.connectionProperty().map(Object::getClass),
                        this::refill),
                context.datazones()
                        .currentProperty()
                        .subscribe(now -> showStage(model.stageProperty().get())),
                model.asListProperty().subscribe(list -> {
                    cards.setVisible(!list);
                    lines.setVisible(list);
                    showHits(false);
                }));
    }

    @Override
    public void focusSearch() {
        search.requestFocus();
        search.selectAll();
    }

    @Override
    public void refresh() {
        model.datazone().retryNow();
    }

    /** How many cards and lines were ever made; they are reused while scrolling. */
    int panesMade() {
        return cards.panesMade() + lines.panesMade();
    }

    private void build() {
        StyleSheets.add(root, CatalogueView.class);
        Label title = new Label(texts.get("title"));
        title.getStyleClass().add("t1");
        title.setMinWidth(Region.USE_PREF_SIZE);
        search.setId("search");
        search.getStyleClass().add("search-field");
        search.setPromptText(texts.get("search.prompt"));
        search.setAccessibleText(texts.get("search.prompt"));
        search.setLeft(new FontIcon(Octicons.SEARCH_16));
        search.setRight(new KeyHint(texts.get("search.key")));
        search.addEventHandler(KeyEvent.KEY_PRESSED, this::onSearchKey);
        Region spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        HBox head = new HBox(title, spring, search);
        head.getStyleClass().add("catalogue-head");
        VBox found = new VBox(offline, bar, results);
        found.getStyleClass().add("found");
        VBox.setVgrow(results, Priority.ALWAYS);
        HBox.setHgrow(found, Priority.ALWAYS);
        found.setMinWidth(0);
        HBox body = new HBox(facets, found);
        body.getStyleClass().add("catalogue-body");
        VBox.setVgrow(body, Priority.ALWAYS);
        root.getStyleClass().add("catalogue");
        root.getChildren().addAll(head, body);
    }

    private void showStage(CatalogueViewModel.Stage stage) {
        boolean asked =
                stage instanceof CatalogueViewModel.Stage.Shown || stage instanceof CatalogueViewModel.Stage.NoMatch;
        Shown.when(bar, asked);
        results.setState(states.of(stage));
    }

    private void onSearchKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && !search.getText().isEmpty()) {
            search.clear();
        } else if (event.getCode() == KeyCode.DOWN || event.getCode() == KeyCode.ENTER) {
            (model.asListProperty().get() ? lines : cards).focusFirst();
        } else {
            return;
        }
        event.consume();
    }

    private void showFound(CatalogueViewModel.Found found) {
        Question question = model.questionProperty().get();
        facets.show(found, question);
        boolean other = !question.equals(shown);
        shown = question;
        showHits(other);
    }

    /** Only what is visible is filled. */
    private void showHits(boolean fromTop) {
        List<DatalabId> hits = model.foundProperty().get().hits();
        boolean list = model.asListProperty().get();
        (list ? lines : cards).show(hits, fromTop);
        (list ? cards : lines).show(List.of(), false);
    }

    private void refill() {
        cards.refill();
        lines.refill();
    }

    private boolean fill(EntryPane pane, DatalabId id) {
        CatalogueEntry entry = model.entry(id);
        if (entry == null) {
            return false;
        }
        pane.show(entry, model.runningProperty().get().get(id), Runnability.of(entry, model.datazone(), texts));
        return true;
    }

    private EntryActions actions(Marker marker) {
        return new EntryActions() {
            @Override
            public void open(CatalogueEntry entry) {
                context.navigator().open(new Place.Details(entry.datalab().id()));
            }

            @Override
            public void run(CatalogueEntry entry) {
                launches.run(entry.datalab().id());
            }

            @Override
            public void openSession(SessionId session) {
                sessions.open(session);
            }

            @Override
            public void toggleStar(CatalogueEntry entry) {
                marker.toggleStar(entry);
            }

            @Override
            public void toggleBookmark(CatalogueEntry entry) {
                marker.toggleBookmark(entry);
            }
        };
    }
}
