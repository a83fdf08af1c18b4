package org.datalabs.desktop.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class MarkdownPaneTest {
    private static final long LONGEST = 20_000;

    private final List<URI> followed = new ArrayList<>();

    @Test
    void drawsParagraphsListsAndCode() {
        MarkdownPane pane = shown("# Title\n\nSome **bold** `code`.\n\n1. one\n2. two\n\n```\nx = 1\n```\n");

        assertThat(words(pane))
                .containsExactly("Title", "Some ", "bold", " ", "code", ".", "1.", "one", "2.", "two", "x = 1");
    }

    @Test
    void followsWebLinksOnly() {
        MarkdownPane pane =
                shown("[good](https://example.org/a) [bad](javascript:alert(1)) [file](file:///etc/passwd)");

        List<Hyperlink> links = all(pane).stream()
                .filter(Hyperlink.class::isInstance)
                .map(Hyperlink.class::cast)
                .toList();
        assertThat(links).hasSize(1);
        WaitForAsyncUtils.waitForAsyncFx(LONGEST, links.get(0)::fire);
        assertThat(followed).containsExactly(URI.create("https://example.org/a"));
        assertThat(words(pane)).contains("bad", "file");
    }

    @Test
    void showsHtmlAsItIsWrittenAndPicturesByTheirWords() {
        MarkdownPane pane = shown("<script>alert(1)</script>\n\n![A map](https://example.org/map.png) <b>x</b>");

        assertThat(words(pane)).contains("<script>alert(1)</script>", "A map", "<b>");
        assertThat(all(pane).stream().map(node -> node.getClass().getSimpleName()))
                .doesNotContain("ImageView", "WebView");
    }

    @Test
    void endsOnDeeplyNestedText() {
        MarkdownPane pane = shown("> ".repeat(5_000) + "deep\n\n" + "*".repeat(20_000));

        assertThat(all(pane)).hasSizeLessThan(1_000);
    }

    private MarkdownPane shown(String markdown) {
        return WaitForAsyncUtils.waitForAsyncFx(LONGEST, () -> {
            MarkdownPane pane = new MarkdownPane(followed::add);
            pane.show(markdown);
            return pane;
        });
    }

    private static List<Node> all(Node node) {
        List<Node> found = new ArrayList<>(List.of(node));
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> found.addAll(all(child)));
        }
        return found;
    }

    private static List<String> words(Node node) {
        Set<Class<?>> kinds = Set.of(Text.class, Label.class, Hyperlink.class);
        return all(node).stream()
                .filter(each -> kinds.contains(each.getClass()))
                .map(each ->
                        each instanceof Text text ? text.getText() : ((javafx.scene.control.Labeled) each).getText())
                .toList();
    }
}
