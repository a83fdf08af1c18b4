package org.datalabs.desktop.catalogue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.Facet;
import org.datalabs.desktop.control.Shown;

/** All facets, one below the other. */
final class FacetColumn extends ScrollPane {
    private final Map<Facet, FacetGroup> groups = new EnumMap<>(Facet.class);

    FacetColumn(FacetGroup.Chosen onChosen) {
        VBox column = new VBox();
        column.getStyleClass().add("facets");
        for (Facet facet : Facet.values()) {
            FacetGroup group = new FacetGroup(facet, onChosen);
            groups.put(facet, group);
            column.getChildren().add(group);
        }
        getStyleClass().add("facet-column");
        setContent(column);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
    }

    void show(CatalogueViewModel.Found found, Question question) {
        Shown.when(this, found.inAll() > 0);
        groups.forEach((facet, group) -> group.show(found.facets().getOrDefault(facet, List.of()), question));
    }
}
