package org.datalabs.core.yaml;

import java.util.List;
import java.util.Map;

/** A part of a YAML document, with its place. */
public sealed interface Node {
    Place at();

    /** How to call it in a sentence, with its article. */
    String kind();

    /** A line and a column, both from 1. */
    record Place(int line, int column) {}

    /** A key's place and its value. */
    record Entry(Place keyAt, Node value) {}

    record Mapping(Map<String, Entry> entries, Place at) implements Node {
        @Override
        public String kind() {
            return "a group of fields";
        }
    }

    record Sequence(List<Node> items, Place at) implements Node {
        @Override
        public String kind() {
            return "a list";
        }
    }

    record Scalar(String text, Type type, Place at) implements Node {
        @Override
        public String kind() {
            return switch (type) {
                case TEXT -> "a text";
                case NUMBER -> "a number";
                case BOOLEAN -> "true or false";
                case NOTHING -> "nothing";
            };
        }
    }

    /** What YAML's core schema takes a plain value for. */
    enum Type {
        TEXT,
        NUMBER,
        BOOLEAN,
        NOTHING
    }
}
