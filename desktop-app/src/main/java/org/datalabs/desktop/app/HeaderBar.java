package org.datalabs.desktop.app;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.datalabs.core.api.Me;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.desktop.control.IconButton;
import org.datalabs.desktop.control.KeyHint;
import org.datalabs.desktop.control.StateDot;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.view.Navigator;
import org.datalabs.desktop.view.ScreenContext;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The upper edge: brand, datazone, back and forward, go to, usage, notices, help, user. */
final class HeaderBar extends HBox {
    private static final int INITIALS = 2;

    private final Texts texts = Texts.of(HeaderBar.class);
    private final ScreenContext context;
    private final StateDot zoneDot = new StateDot();
    private final Label zoneName = new Label();
    private final Button zone = new Button();
    private final Label inUse = new Label();
    private final HBox usage = new HBox();
    private final Label avatar = new Label();
    private final Label badge = new Label();
    private final Tooltip userName = new Tooltip();
    private final ZoneCard zoneCard;
    private final NoticesCard noticesCard;
    private final IconButton bell;

    HeaderBar(ScreenContext context, Runnable openPalette, Runnable showKeys) {
        this.context = context;
        zoneCard = new ZoneCard(context);
        noticesCard = new NoticesCard(context);
        bell = new IconButton(Octicons.BELL_16, texts.get("bell"));
        getStyleClass().addAll("chrome", "header");
        IconButton help = new IconButton(Octicons.QUESTION_16, texts.get("help"));
        help.setOnAction(event -> showKeys.run());
        getChildren()
                .addAll(
                        brand(),
                        zone(),
                        travel(),
                        spring(),
                        goTo(openPalette),
                        spring(),
                        usage(),
                        bell(),
                        help,
                        avatar);
        avatar.getStyleClass().add("avatar");
        Tooltip.install(avatar, userName);
        ObservableValue<Datazone> current = context.datazones().currentProperty();
        current.subscribe(now -> zoneName.setText(now.name()));
        current.flatMap(Datazone::connectionProperty).subscribe(state -> zoneDot.show(ZoneCard.colour(state)));
        current.flatMap(Datazone::meProperty).subscribe(this::showMe);
        context.notices().unreadProperty().subscribe(count -> showUnread(count.intValue()));
    }

    /** Opens the list of datazones. */
    void openZones() {
        if (context.popovers().isShowing(zoneCard)) {
            context.popovers().close();
        } else {
            zoneCard.refresh();
            context.popovers().show(zoneCard, zone, false);
        }
    }

    private Node brand() {
        Label brand = new Label(texts.get("brand"), new BrandMark());
        brand.getStyleClass().add("brand");
        return brand;
    }

    private Node zone() {
        HBox content = new HBox(zoneDot, zoneName, new FontIcon(Octicons.CHEVRON_DOWN_16));
        content.getStyleClass().add("zone-content");
        zoneName.getStyleClass().add("zone-name");
        zone.setMinWidth(USE_PREF_SIZE);
        zone.setGraphic(content);
        zone.setId("zone");
        zone.getStyleClass().add("zone");
        zone.setAccessibleText(texts.get("zone"));
        zone.setTooltip(new Tooltip(texts.get("zone")));
        zone.setOnAction(event -> openZones());
        return zone;
    }

    private Node travel() {
        Navigator navigator = context.navigator();
        IconButton back = new IconButton(Octicons.CHEVRON_LEFT_16, texts.get("back"));
        back.setId("back");
        back.setOnAction(event -> navigator.back());
        back.disableProperty().bind(navigator.canGoBackProperty().not());
        IconButton forward = new IconButton(Octicons.CHEVRON_RIGHT_16, texts.get("forward"));
        forward.setId("forward");
        forward.setOnAction(event -> navigator.forward());
        forward.disableProperty().bind(navigator.canGoForwardProperty().not());
        HBox travel = new HBox(back, forward);
        travel.getStyleClass().add("travel");
        return travel;
    }

    private Node goTo(Runnable openPalette) {
        Label words = new Label(texts.get("goto"));
        words.getStyleClass().add("muted");
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox content = new HBox(new FontIcon(Octicons.SEARCH_16), words, new KeyHint(texts.get("goto.key")));
        content.getStyleClass().add("go-to-content");
        Button goTo = new Button();
        goTo.setGraphic(content);
        goTo.setId("go-to");
        goTo.getStyleClass().add("go-to");
        goTo.setAccessibleText(texts.get("goto"));
        goTo.setOnAction(event -> openPalette.run());
        return goTo;
    }

    private Node usage() {
        Label rest = new Label(texts.get("usage.rest"));
        rest.getStyleClass().add("muted");
        rest.setMinWidth(USE_PREF_SIZE);
        inUse.setMinWidth(USE_PREF_SIZE);
        inUse.getStyleClass().add("med");
        usage.getStyleClass().add("usage");
        usage.setAlignment(Pos.CENTER_LEFT);
        usage.getChildren().addAll(new FontIcon(Octicons.CONTAINER_16), inUse, rest);
        return usage;
    }

    private Node bell() {
        bell.setId("bell");
        bell.setOnAction(event -> {
            noticesCard.refresh();
            context.popovers().show(noticesCard, bell, true);
        });
        badge.getStyleClass().add("unread");
        badge.setMouseTransparent(true);
        StackPane pane = new StackPane(bell, badge);
        StackPane.setAlignment(badge, Pos.TOP_RIGHT);
        pane.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        return pane;
    }

    private static Region spring() {
        Region spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        return spring;
    }

    private void showUnread(int count) {
        badge.setVisible(count > 0);
        badge.setText(String.valueOf(count));
        bell.setAction(count > 0 ? texts.get("bell.unread", count) : texts.get("bell"));
    }

    private void showMe(@Nullable Me me) {
        usage.setVisible(me != null);
        avatar.setVisible(me != null);
        if (me == null) {
            return;
        }
        QuotaUse use = me.quota();
        inUse.setText(texts.get("usage", use.sessions(), use.quota().sessions()));
        avatar.setText(initials(me.user().name()));
        avatar.setAccessibleText(texts.get("user", me.user().name()));
        userName.setText(texts.get("user", me.user().name()));
    }

    static String initials(String name) {
        return Stream.of(name.strip().split("[\\s._-]+"))
                .filter(word -> !word.isEmpty())
                .limit(INITIALS)
                .map(word -> word.substring(0, word.offsetByCodePoints(0, 1)))
                .collect(Collectors.joining())
                .toUpperCase(Locale.ROOT);
    }
}
