package org.datalabs.core.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datalabs.core.yaml.Node.Place;

/**
 * Turns YAML into nodes with places. Anchors, aliases and tags are refused, so a small file cannot unfold into a large
 * tree; depth and length are bounded.
 */
public final class YamlTree {
    private static final int DEEPEST = 12;
    private static final Place START = new Place(1, 1);
    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST + 2).build())
            .build();

    private final YAMLParser parser;
    private final String expected;
    private final Problems problems;

    private YamlTree(YAMLParser parser, String expected, Problems problems) {
        this.parser = parser;
        this.expected = expected;
        this.problems = problems;
    }

    /** Ends reading after a problem that has been noted. */
    private static final class GivenUpException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * The document in {@code text}; empty when it cannot be read at all, which {@code problems} then tells.
     *
     * @param expected what the file should hold, as advice to whoever left it empty
     */
    public static Optional<Node> read(String text, String expected, Problems problems) {
        try (YAMLParser parser = FACTORY.createParser(text)) {
            return new YamlTree(parser, expected, problems).document();
        } catch (GivenUpException noted) {
            return Optional.empty();
        } catch (JsonProcessingException syntax) {
            JsonLocation location = syntax.getLocation();
            problems.add(
                    location == null ? START : place(location),
                    "",
                    "This is not YAML: " + firstLine(syntax.getOriginalMessage()) + ".",
                    "Check indentation, quotes and brackets here and in the line before.");
            return Optional.empty();
        } catch (IOException | RuntimeException unreadable) {
            // The YAML library reports some faults, such as characters that YAML forbids, in ways of its own.
            problems.add(
                    START,
                    "",
                    "This is not YAML: " + firstLine(String.valueOf(unreadable.getMessage())) + ".",
                    "Save the file as plain UTF-8 text.");
            return Optional.empty();
        }
    }

    private Optional<Node> document() throws IOException, GivenUpException {
        if (parser.nextToken() == null) {
            problems.add(START, "", "The file is empty.", expected);
            return Optional.empty();
        }
        Node root = node("", 0);
        if (parser.nextToken() != null) {
            problems.add(here(), "", "A second document starts here.", "Keep one document per file.");
            return Optional.empty();
        }
        return Optional.of(root);
    }

    /** The node whose first token is the current one. */
    private Node node(String path, int depth) throws IOException, GivenUpException {
        Place at = here();
        if (depth > DEEPEST) {
            problems.add(at, path, "The values are nested too deep.", "No field needs more than a few levels.");
            throw new GivenUpException();
        }
        refuseSpecials(path, at);
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> mapping(path, depth, at);
            case START_ARRAY -> sequence(path, depth, at);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Scalar(parser.getText(), Node.Type.NUMBER, at);
            case VALUE_TRUE, VALUE_FALSE -> new Node.Scalar(parser.getText(), Node.Type.BOOLEAN, at);
            case VALUE_NULL -> new Node.Scalar("", Node.Type.NOTHING, at);
            default -> new Node.Scalar(parser.getText(), Node.Type.TEXT, at);
        };
    }

    private void refuseSpecials(String path, Place at) throws IOException, GivenUpException {
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            problems.add(
                    at,
                    path,
                    "Anchors (&) and aliases (*) are not allowed.",
                    "Write the value out, or put it in quotes.");
            throw new GivenUpException();
        }
        if (parser.getTypeId() != null) {
            problems.add(at, path, "Tags (!) are not allowed.", "Leave the tag out, or put the value in quotes.");
            throw new GivenUpException();
        }
    }

    private Node mapping(String path, int depth, Place at) throws IOException, GivenUpException {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Place keyAt = here();
            String key = parser.currentName();
            String field = path.isEmpty() ? key : path + "." + key;
            parser.nextToken();
            Node value = node(field, depth + 1);
            Node.Entry earlier = entries.putIfAbsent(key, new Node.Entry(keyAt, value));
            if (earlier != null) {
                problems.add(
                        keyAt,
                        field,
                        "This field was already given in line "
                                + earlier.keyAt().line() + ".",
                        "Keep one of the two.");
            }
        }
        return new Node.Mapping(entries, at);
    }

    private Node sequence(String path, int depth, Place at) throws IOException, GivenUpException {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(path + "[" + items.size() + "]", depth + 1));
        }
        return new Node.Sequence(items, at);
    }

    private Place here() {
        return place(parser.currentTokenLocation());
    }

    private static Place place(JsonLocation location) {
        return new Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    /** The library's own words, without the copy of the text that it adds. */
    private static String firstLine(String message) {
        String line = message.strip().lines().findFirst().orElse("");
        if (line.contains("Expected a field name")) {
            return "the name of a field must be a word";
        }
        String plain = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
        return plain.length() > 200 ? plain.substring(0, 200) + "…" : plain;
    }
}
