package org.datalabs.core.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.datalabs.core.yaml.Node.Place;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a document, read field by field. Whatever is missing or of the wrong kind is noted, and a value that
 * nobody sees is handed out in its place.
 */
public final class Fields {
    private final Node.Mapping mapping;
    private final String path;
    private final Problems problems;

    private Fields(Node.Mapping mapping, String path, Problems problems) {
        this.mapping = mapping;
        this.path = path;
        this.problems = problems;
    }

    /** The fields of {@code node}, of which only {@code known} ones may be there. */
    public static Fields of(Node node, String path, Problems problems, List<String> known) {
        if (!(node instanceof Node.Mapping mapping)) {
            problems.add(
                    node.at(),
                    path,
                    "Here is " + node.kind() + ", not a group of fields.",
                    "Give the fields " + String.join(", ", known) + ".");
            return new Fields(new Node.Mapping(Map.of(), node.at()), path, new Problems(""));
        }
        Fields fields = new Fields(mapping, path, problems);
        mapping.entries().forEach((name, entry) -> {
            if (!known.contains(name)) {
                String remedy = Nearest.to(name, known)
                        .map(meant -> "Did you mean " + meant + "?")
                        .orElse("Known fields here are " + String.join(", ", known) + ".");
                problems.add(
                        entry.keyAt(), fields.field(shown(name)), "There is no field " + shown(name) + ".", remedy);
            }
        });
        return fields;
    }

    /** Full path of a field. */
    public String field(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    public boolean has(String name) {
        return mapping.entries().containsKey(name);
    }

    /** Where the value of a field stands; where the mapping starts when it is missing. */
    public Place at(String name) {
        Node.Entry entry = mapping.entries().get(name);
        return entry == null ? mapping.at() : entry.value().at();
    }

    public void problem(String name, String what, String remedy) {
        problems.add(at(name), field(name), what, remedy);
    }

    /** The value of a field that must be there; its absence is noted. */
    public Optional<Node> required(String name, String remedy) {
        Node.Entry entry = mapping.entries().get(name);
        if (entry == null) {
            problems.add(mapping.at(), field(name), "The field " + name + " is missing.", remedy);
            return Optional.empty();
        }
        return Optional.of(entry.value());
    }

    public Optional<Node> optional(String name) {
        return Optional.ofNullable(mapping.entries().get(name)).map(Node.Entry::value);
    }

    /** A text of the given form; the empty text when it is missing or wrong. */
    public String text(String name, TextForm form) {
        return required(name, form.remedy())
                .map(node -> text(node, field(name), form))
                .orElse("");
    }

    public String text(String name, TextForm form, String otherwise) {
        return optional(name).map(node -> text(node, field(name), form)).orElse(otherwise);
    }

    public @Nullable String textOrNull(String name, TextForm form) {
        return optional(name).map(node -> text(node, field(name), form)).orElse(null);
    }

    public String text(Node node, String field, TextForm form) {
        if (!(node instanceof Node.Scalar scalar) || scalar.type() == Node.Type.NOTHING) {
            problems.add(node.at(), field, "Here is " + node.kind() + ", not a text.", form.remedy());
            return "";
        }
        if (scalar.type() != Node.Type.TEXT) {
            problems.add(
                    node.at(),
                    field,
                    "YAML takes " + shown(scalar.text()) + " for " + scalar.kind() + ", not for a text.",
                    "Put it in quotes: \"" + shown(scalar.text()) + "\".");
            return "";
        }
        String text = form.isOneLine() ? scalar.text().strip() : scalar.text().stripTrailing();
        Optional<String> error = form.error(text);
        error.ifPresent(what -> problems.add(node.at(), field, what, form.remedy()));
        return error.isPresent() ? "" : text;
    }

    /** Texts without repetition; none when the field is missing. */
    public List<String> texts(String name, TextForm form, int most) {
        List<String> texts = new ArrayList<>();
        items(name, most, (node, field) -> {
            String text = text(node, field, form);
            if (texts.contains(text) && !text.isEmpty()) {
                problems.add(node.at(), field, shown(text) + " is given twice.", "Keep one of the two.");
            }
            return texts.add(text);
        });
        return texts;
    }

    /** Reads the items of a list, which may be missing. */
    public <T> List<T> items(String name, int most, BiFunction<Node, String, T> reader) {
        return optional(name)
                .map(node -> items(node, field(name), most, reader))
                .orElse(List.of());
    }

    /** Reads the items of a list, of which there must be at least one. */
    public <T> List<T> someItems(String name, int most, String remedy, BiFunction<Node, String, T> reader) {
        Optional<Node> node = required(name, remedy);
        if (node.isPresent()
                && node.get() instanceof Node.Sequence list
                && list.items().isEmpty()) {
            problems.add(list.at(), field(name), "The list is empty.", remedy);
        }
        return node.map(value -> items(value, field(name), most, reader)).orElse(List.of());
    }

    private <T> List<T> items(Node node, String field, int most, BiFunction<Node, String, T> reader) {
        if (!(node instanceof Node.Sequence list)) {
            problems.add(
                    node.at(),
                    field,
                    "Here is " + node.kind() + ", not a list.",
                    "Give a list, in brackets or with a dash before each item.");
            return List.of();
        }
        if (list.items().size() > most) {
            problems.add(
                    list.at(), field, "The list has " + list.items().size() + " items.", "Give at most " + most + ".");
            return List.of();
        }
        List<T> items = new ArrayList<>();
        for (int index = 0; index < list.items().size(); index++) {
            items.add(reader.apply(list.items().get(index), field + "[" + index + "]"));
        }
        return items;
    }

    /** A mapping of free names to texts; empty when it is missing. */
    public Map<String, String> textsByName(String name, TextForm nameForm, TextForm valueForm, int most) {
        Node node = optional(name).orElse(null);
        if (node == null) {
            return Map.of();
        }
        if (!(node instanceof Node.Mapping values)) {
            problems.add(
                    node.at(), field(name), "Here is " + node.kind() + ", not names with values.", "Give NAME: value.");
            return Map.of();
        }
        if (values.entries().size() > most) {
            problem(name, "There are " + values.entries().size() + " values.", "Give at most " + most + ".");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        values.entries().forEach((key, entry) -> {
            String field = field(name) + "." + shown(key);
            nameForm.error(key).ifPresent(what -> problems.add(entry.keyAt(), field, what, nameForm.remedy()));
            texts.put(key, text(entry.value(), field, valueForm));
        });
        return texts;
    }

    public boolean flag(String name, boolean otherwise) {
        Node node = optional(name).orElse(null);
        if (node == null) {
            return otherwise;
        }
        if (node instanceof Node.Scalar scalar && scalar.type() == Node.Type.BOOLEAN) {
            return scalar.text().equalsIgnoreCase("true");
        }
        problem(name, "Here is " + node.kind() + ", not true or false.", "Give true or false, without quotes.");
        return otherwise;
    }

    /** A number as written; empty when it is missing, and also, with a note, when it is none. */
    public Optional<BigDecimal> number(String name, String remedy) {
        Node node = optional(name).orElse(null);
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof Node.Scalar scalar && scalar.type() == Node.Type.NUMBER) {
            Optional<BigDecimal> number = Numbers.parse(scalar.text());
            if (number.isPresent()) {
                return number;
            }
        }
        problem(name, "Here is " + node.kind() + " that cannot be used as a number.", remedy);
        return Optional.empty();
    }

    /** A whole number within bounds. */
    public int integer(String name, int least, int most, int otherwise) {
        String remedy = "Give a whole number from " + least + " to " + most + ".";
        Optional<BigDecimal> number = number(name, remedy);
        if (number.isEmpty()) {
            return otherwise;
        }
        boolean whole = number.get().stripTrailingZeros().scale() <= 0;
        if (!whole
                || number.get().compareTo(BigDecimal.valueOf(least)) < 0
                || number.get().compareTo(BigDecimal.valueOf(most)) > 0) {
            problem(name, number.get().toPlainString() + " is not possible here.", remedy);
            return otherwise;
        }
        return number.get().intValue();
    }

    /** One of a few words; the first of them when it is missing or wrong. */
    public <T> T word(String name, Map<String, T> words, @Nullable T otherwise) {
        T first = words.values().iterator().next();
        String remedy = "Give one of " + String.join(", ", words.keySet()) + ".";
        Optional<Node> node = otherwise == null ? required(name, remedy) : optional(name);
        if (node.isEmpty()) {
            return otherwise == null ? first : otherwise;
        }
        if (node.get() instanceof Node.Scalar scalar && scalar.type() == Node.Type.TEXT) {
            T value = words.get(scalar.text());
            if (value != null) {
                return value;
            }
            problem(
                    name,
                    shown(scalar.text()) + " is not possible here.",
                    Nearest.to(scalar.text(), words.keySet())
                            .map(meant -> "Did you mean " + meant + "?")
                            .orElse(remedy));
            return first;
        }
        problem(name, "Here is " + node.get().kind() + ", not a word.", remedy);
        return first;
    }

    /** A text of the file inside our own sentence: short and without characters that would disturb it. */
    public static String shown(String text) {
        String clean = text.replaceAll("\\p{C}", " ").strip();
        return clean.codePointCount(0, clean.length()) > 40
                ? clean.substring(0, clean.offsetByCodePoints(0, 40)) + "…"
                : clean;
    }
}
