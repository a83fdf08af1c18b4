package org.datalabs.desktop.app;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.CatalogueResult;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.session.Session;
import org.datalabs.desktop.datazone.CatalogueSnapshot;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.datazone.Datazones;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.task.LatestOnly;
import org.datalabs.desktop.view.Navigator;
import org.datalabs.desktop.view.Place;
import org.kordamp.ikonli.octicons.Octicons;

/** Finds places, running datalabs, datalabs of the catalogue and commands by a few letters. */
final class PaletteViewModel {
    private static final int MOST_DATALABS = 6;

    private final Texts texts = Texts.of(PaletteViewModel.class);
    private final StringProperty text = new SimpleStringProperty("");
    private final ObservableList<PaletteItem> items = FXCollections.observableArrayList();
    private final LatestOnly searches = new LatestOnly();
    private final Datazones datazones;
    private final Navigator navigator;
    private final Supplier<List<PaletteItem>> fixed;

    /** @param fixed makes the lines for places and commands */
    PaletteViewModel(Datazones datazones, Navigator navigator, Supplier<List<PaletteItem>> fixed) {
        this.datazones = datazones;
        this.navigator = navigator;
        this.fixed = fixed;
        text.subscribe(typed -> update(typed.strip()));
    }

    StringProperty textProperty() {
        return text;
    }

    /** What matches, by group. */
    ObservableList<PaletteItem> items() {
        return items;
    }

    private void update(String typed) {
        Datazone datazone = datazones.currentProperty().get();
        show(typed, List.of());
        if (typed.isEmpty()) {
            searches.cancel();
            return;
        }
        CatalogueQuery query = new CatalogueQuery(typed, Map.of(), CatalogueQuery.Sort.RELEVANCE, 0, MOST_DATALABS);
        // Without the datalabs the palette is still of use; the catalogue itself tells why they are missing.
        searches.follow(datazone.search(query), result -> show(typed, datalabs(datazone, result)), failure -> {});
    }

    private void show(String typed, List<CatalogueEntry> datalabs) {
        List<PaletteItem> all = new ArrayList<>();
        sessions().stream().filter(item -> matches(item, typed)).forEach(all::add);
        fixed.get().stream().filter(item -> matches(item, typed)).forEach(all::add);
        // The catalogue forgives mistyped words; where something is found by its letters nothing was mistyped.
        boolean found = !all.isEmpty();
        datalabs.stream()
                .filter(entry -> !found || contains(words(entry.datalab()), typed))
                .map(this::item)
                .forEach(all::add);
        all.sort(Comparator.comparing(PaletteItem::group));
        items.setAll(all);
    }

    private List<PaletteItem> sessions() {
        Datazone datazone = datazones.currentProperty().get();
        CatalogueSnapshot catalogue = datazone.catalogueProperty().get();
        List<PaletteItem> found = new ArrayList<>();
        for (Session session : datazone.sessions()) {
            found.add(new PaletteItem(
                    PaletteItem.Group.SESSIONS,
                    session.name(),
                    session.name().equals(session.datalabName()) ? "" : session.datalabName(),
                    catalogue
                            .find(session.datalab())
                            .map(entry -> entry.datalab().icon())
                            .orElse(null),
                    Octicons.CONTAINER_16,
                    "",
                    () -> navigator.open(new Place.Running(session.id()))));
        }
        return found;
    }

    private static List<CatalogueEntry> datalabs(Datazone datazone, CatalogueResult result) {
        CatalogueSnapshot catalogue = datazone.catalogueProperty().get();
        return result.hits().stream()
                .limit(MOST_DATALABS)
                .flatMap(id -> catalogue.find(id).stream())
                .toList();
    }

    private PaletteItem item(CatalogueEntry entry) {
        return new PaletteItem(
                PaletteItem.Group.DATALABS,
                entry.datalab().name(),
                texts.of("kind", entry.datalab().kind()),
                entry.datalab().icon(),
                null,
                "",
                () -> navigator.open(new Place.Details(entry.datalab().id())));
    }

    private static boolean matches(PaletteItem item, String typed) {
        return contains(item.title() + " " + item.detail(), typed);
    }

    private static String words(Datalab datalab) {
        return String.join(
                " ",
                datalab.name(),
                datalab.summary(),
                datalab.description(),
                String.join(" ", datalab.keywords()),
                String.join(" ", datalab.themes()),
                String.join(" ", datalab.domains()),
                String.join(" ", datalab.missions()),
                String.join(" ", datalab.instruments()));
    }

    private static boolean contains(String text, String typed) {
        String words = text.toLowerCase(Locale.ROOT);
        for (String word : typed.toLowerCase(Locale.ROOT).split("\\s+")) {
            if (!words.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
