package org.datalabs.desktop.catalogue;

import java.time.Instant;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;
import org.datalabs.desktop.control.Action;
import org.datalabs.desktop.control.Banner;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.datazone.CatalogueSnapshot;
import org.datalabs.desktop.datazone.Connection;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.view.Following;
import org.datalabs.desktop.view.ScreenContext;
import org.kordamp.ikonli.feather.Feather;

/** Says that the datazone does not answer and how old the catalogue on the page is. */
final class OfflineBanner extends StackPane {
    private final Texts texts = Texts.of(OfflineBanner.class);
    private final Formats formats = new Formats();
    private final ScreenContext context;
    private final Banner banner = new Banner(Tone.WARNING, Feather.CLOUD_OFF);

    OfflineBanner(ScreenContext context) {
        this.context = context;
        getChildren().add(banner);
    }

    Subscription bind() {
        ObservableValue<Datazone> current = context.datazones().currentProperty();
        return Subscription.combine(
                Following.value(current, Datazone::connectionProperty, this::update),
                Following.value(current, Datazone::catalogueProperty, this::update));
    }

    private void update() {
        Datazone datazone = context.datazones().currentProperty().get();
        CatalogueSnapshot catalogue = datazone.catalogueProperty().get();
        boolean shown = datazone.connectionProperty().get() instanceof Connection.Offline && !catalogue.isNone();
        Shown.when(this, shown);
        if (!shown) {
            return;
        }
        Instant now = context.now().getValue();
        String age = formats.recent(catalogue.readAt(), now);
        Optional<Datazone> local = context.datazones().all().stream()
                .filter(other -> other != datazone && other.isLocal())
                .findFirst();
        String text = local.isPresent()
                ? texts.get("offline.text.switch", age, local.get().name())
                : texts.get("offline.text", age);
        banner.show(
                texts.get("offline.title", datazone.name()),
                text,
                new Action(texts.get("try.again"), datazone::retryNow));
    }
}
