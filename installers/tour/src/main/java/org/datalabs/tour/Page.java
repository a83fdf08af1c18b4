package org.datalabs.tour;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.web.WebView;

/** The page of a web datalab in the app's tab. */
final class Page {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Hands hands;

    Page(Hands hands) {
        this.hands = hands;
    }

    /** Waits until a condition in JavaScript holds. */
    void await(String what, String condition) {
        Waiting.until(what, PATIENCE, () -> holds(condition));
    }

    boolean holds(String condition) {
        return Boolean.TRUE.equals(evaluate(condition));
    }

    /** The condition that the first element of a CSS selector is seen. */
    static String isShown(String selector) {
        String element = "document.querySelector('" + selector + "')";
        return element + " !== null && " + element + ".getBoundingClientRect().width > 0";
    }

    /** Clicks the middle of the first element of a CSS selector, once the page shows one. */
    void click(String selector) {
        await(selector + " is shown", isShown(selector));
        clickIfShown(selector);
    }

    /** Clicks the middle of the first element of a CSS selector; does nothing when the page shows none now. */
    void clickIfShown(String selector) {
        String place = String.valueOf(evaluate("(function() { var e = document.querySelector('" + selector
                + "'); if (e === null) { return ''; } var r = e.getBoundingClientRect();"
                + " return r.width === 0 ? '' : (r.left + r.width / 2) + ' ' + (r.top + r.height / 2); })()"));
        if (place.isEmpty()) {
            return;
        }
        String[] middle = place.toLowerCase(Locale.ROOT).split(" ", 2);
        Bounds page = hands.bounds(webView());
        hands.clickAt((int) (page.getMinX() + Double.parseDouble(middle[0])), (int)
                (page.getMinY() + Double.parseDouble(middle[1])));
    }

    private Object evaluate(String script) {
        WebView view = webView();
        return Optional.ofNullable(Waiting.onFx(() -> view.getEngine().executeScript(script)))
                .orElse("");
    }

    private WebView webView() {
        Node node = hands.find(".web-view");
        if (node instanceof WebView view) {
            return view;
        }
        throw new TourFailure("the web view is a " + node.getClass());
    }
}
