package org.datalabs.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.datalabs.desktop.datazone.FakeDatazone;
import org.datalabs.desktop.datazone.FakeDatazones;
import org.datalabs.desktop.view.Place;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kordamp.ikonli.octicons.Octicons;

class PaletteViewModelTest {
    private final FakeDatazone datazone = new FakeDatazone();
    private final PaletteViewModel palette = new PaletteViewModel(
            new FakeDatazones(datazone),
            new History(new Place.Catalogue(), place -> true),
            () -> List.of(command("Dark colours"), command("Refresh catalogues")));

    @BeforeEach
    void forgiveTypos() {
        datazone.forgive("dark", "topcat");
        datazone.forgive("topcaf", "topcat");
    }

    @Test
    void takesNoCommandForAMistypedDatalab() {
        palette.textProperty().set("dark");

        assertThat(palette.items()).extracting(PaletteItem::title).containsExactly("Dark colours");
    }

    @Test
    void findsMistypedDatalabsWhereNothingElseIsFound() {
        palette.textProperty().set("topcaf");

        assertThat(palette.items()).extracting(PaletteItem::title).containsExactly("TOPCAT");
    }

    @Test
    void findsDatalabsByAnyOfTheirWordsBesideCommands() {
        palette.textProperty().set("catalogues");

        assertThat(palette.items()).extracting(PaletteItem::title).containsExactly("TOPCAT", "Refresh catalogues");
    }

    private static PaletteItem command(String title) {
        return new PaletteItem(PaletteItem.Group.COMMANDS, title, "", null, Octicons.MOON_16, "", () -> {});
    }
}
