package org.datalabs.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.desktop.view.Place;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Place CATALOGUE = new Place.Catalogue();
    private static final Place TOPCAT = new Place.Details(new DatalabId("topcat"));
    private static final Place SETTINGS = new Place.Settings();

    private final History history = new History(CATALOGUE, place -> !(place instanceof Place.Volumes));

    @Test
    void goesBackAndForwardThroughPlaces() {
        history.open(TOPCAT);
        history.open(SETTINGS);
        history.back();
        history.back();

        assertThat(history.placeProperty().get()).isEqualTo(CATALOGUE);
        assertThat(history.canGoBackProperty().get()).isFalse();

        history.forward();

        assertThat(history.placeProperty().get()).isEqualTo(TOPCAT);
        assertThat(history.canGoForwardProperty().get()).isTrue();
    }

    @Test
    void forgetsWhatLayAheadWhenItGoesElsewhere() {
        history.open(TOPCAT);
        history.back();
        history.open(SETTINGS);

        assertThat(history.canGoForwardProperty().get()).isFalse();
        history.back();
        assertThat(history.placeProperty().get()).isEqualTo(CATALOGUE);
    }

    @Test
    void staysWhereItIsWhenAPlaceHasNoScreen() {
        history.open(new Place.Volumes());
        history.open(CATALOGUE);

        assertThat(history.placeProperty().get()).isEqualTo(CATALOGUE);
        assertThat(history.canGoBackProperty().get()).isFalse();
    }
}
