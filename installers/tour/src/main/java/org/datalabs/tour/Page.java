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

    /** Clicks the middle of the first element that the page shows for a CSS selector. */
    void click(String selector) {
        String quoted = "document.querySelector('" + selector + "')";
        await(selector + " is shown", isShown(selector));
        String place = String.valueOf(evaluate("(function() { var r = " + quoted
                + ".getBoundingClientRect(); return (r.left + r.width / 2) + ' ' + (r.top + r.height / 2); })()"));
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
