package org.datalabs.desktop.control;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.OrderedList;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Markdown (CommonMark) as plain nodes: no page, no script, nothing fetched. HTML is shown as it is written, pictures by
 * their description, and only http and https links can be followed.
 */
public final class MarkdownPane extends VBox {
    private static final int LONGEST = 200_000;
    private static final int DEEPEST = 40;

    private final Parser parser = Parser.builder().build();
    private final Consumer<URI> follow;

    /** @param follow opens a link that the user chose */
    public MarkdownPane(Consumer<URI> follow) {
        this.follow = follow;
        getStyleClass().add("markdown");
    }

    public void show(String markdown) {
        getChildren().clear();
        String bounded = markdown.length() > LONGEST ? markdown.substring(0, LONGEST) : markdown;
        addBlocks(this, parser.parse(bounded), 0);
    }

    private void addBlocks(VBox pane, org.commonmark.node.Node parent, int depth) {
        int number = parent instanceof OrderedList list && list.getMarkerStartNumber() != null
                ? list.getMarkerStartNumber()
                : 1;
        for (org.commonmark.node.Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            if (depth > DEEPEST) {
                return;
            }
            if (child instanceof ListItem) {
                String marker = parent instanceof OrderedList ? number++ + "." : "•";
                pane.getChildren().add(item(marker, child, depth));
            } else if (child instanceof Block block) {
                pane.getChildren().add(block(block, depth));
            }
        }
    }

    private Node block(Block block, int depth) {
        if (block instanceof FencedCodeBlock code) {
            return code(code.getLiteral());
        } else if (block instanceof IndentedCodeBlock code) {
            return code(code.getLiteral());
        } else if (block instanceof HtmlBlock html) {
            return code(html.getLiteral());
        } else if (block instanceof ThematicBreak) {
            Region line = new Region();
            line.getStyleClass().add("divider");
            return line;
        } else if (block instanceof Heading heading) {
            TextFlow flow = flow(heading, depth);
            flow.getStyleClass().add(heading.getLevel() <= 2 ? "heading" : "small-heading");
            return flow;
        } else if (block.getFirstChild() instanceof Block) {
            VBox nested = new VBox();
            nested.getStyleClass().addAll("markdown", block instanceof BlockQuote ? "quote" : "blocks");
            addBlocks(nested, block, depth + 1);
            return nested;
        }
        return flow(block, depth);
    }

    private Node item(String marker, org.commonmark.node.Node item, int depth) {
        Label bullet = new Label(marker);
        bullet.getStyleClass().add("bullet");
        bullet.setMinWidth(USE_PREF_SIZE);
        VBox content = new VBox();
        content.getStyleClass().add("markdown");
        HBox.setHgrow(content, Priority.ALWAYS);
        addBlocks(content, item, depth + 1);
        return new HBox(bullet, content);
    }

    private static Node code(String literal) {
        Label code = new Label(literal.stripTrailing());
        code.getStyleClass().add("code");
        code.setWrapText(true);
        code.setMinHeight(USE_PREF_SIZE);
        code.setMaxWidth(Double.MAX_VALUE);
        return code;
    }

    private TextFlow flow(org.commonmark.node.Node parent, int depth) {
        TextFlow flow = new TextFlow();
        addInlines(flow, parent, "plain", depth);
        return flow;
    }

    private void addInlines(TextFlow flow, org.commonmark.node.Node parent, String style, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        for (org.commonmark.node.Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            if (child instanceof org.commonmark.node.Text text) {
                flow.getChildren().add(text(text.getLiteral(), style));
            } else if (child instanceof SoftLineBreak) {
                flow.getChildren().add(text(" ", style));
            } else if (child instanceof HardLineBreak) {
                flow.getChildren().add(text("\n", style));
            } else if (child instanceof Code code) {
                Label label = new Label(code.getLiteral());
                label.getStyleClass().add("inline-code");
                flow.getChildren().add(label);
            } else if (child instanceof HtmlInline html) {
                flow.getChildren().add(text(html.getLiteral(), style));
            } else if (child instanceof Link link) {
                addLink(flow, link, style, depth);
            } else {
                boolean strong = child instanceof StrongEmphasis || child instanceof Emphasis;
                addInlines(flow, child, strong ? "strong" : style, depth + 1);
            }
        }
    }

    private void addLink(TextFlow flow, Link link, String style, int depth) {
        URI target = webAddress(link.getDestination());
        if (target == null) {
            addInlines(flow, link, style, depth + 1);
            return;
        }
        TextFlow words = new TextFlow();
        addInlines(words, link, style, depth + 1);
        StringBuilder label = new StringBuilder();
        for (Node word : words.getChildren()) {
            label.append(word instanceof Text text ? text.getText() : word instanceof Label code ? code.getText() : "");
        }
        Hyperlink hyperlink = new Hyperlink(label.toString());
        hyperlink.setOnAction(event -> follow.accept(target));
        flow.getChildren().add(hyperlink);
    }

    private static Text text(String words, String style) {
        Text text = new Text(words);
        text.getStyleClass().add(style);
        return text;
    }

    /** The address when it is a whole http or https one, else null. */
    public static @Nullable URI webAddress(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            URI address = new URI(text);
            boolean web = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
            return web && address.getHost() != null ? address : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
