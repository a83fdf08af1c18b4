package org.datalabs.backend.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.datalabs.core.api.Json;
import org.datalabs.core.yaml.Fields;
import org.datalabs.core.yaml.Nearest;
import org.datalabs.core.yaml.Node;
import org.datalabs.core.yaml.Problems;

/**
 * Reads a part of a YAML file into a record that says by itself what it takes, telling its refusals with their places. A
 * record refuses a value by an {@link IllegalArgumentException} with a message for people. Confined to one thread.
 */
final class NodeBinder {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String REMEDY = "Compare with backend-service/docs/settings.md.";

    /** What is left out is null, 0 or false; the record then decides. */
    private final ObjectMapper mapper = Json.strict().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private final Problems problems;

    NodeBinder(Problems problems) {
        this.problems = problems;
    }

    /** The value of a node; empty when it cannot be used, which the problems then tell. */
    <T> Optional<T> bind(Node node, String field, Class<T> type) {
        try {
            return Optional.ofNullable(mapper.treeToValue(json(node), type));
        } catch (JsonMappingException e) {
            note(node, field, e);
        } catch (JsonProcessingException e) {
            problems.add(node.at(), field, "This cannot be read.", REMEDY);
        }
        return Optional.empty();
    }

    private void note(Node root, String field, JsonMappingException failure) {
        StringBuilder path = new StringBuilder(field);
        Node node = root;
        Node.Place at = root.at();
        for (JsonMappingException.Reference step : failure.getPath()) {
            String name = step.getFieldName();
            path.append(name == null ? "[" + step.getIndex() + "]" : "." + Fields.shown(name));
            if (name != null && node instanceof Node.Mapping mapping) {
                Node.Entry entry = mapping.entries().get(name);
                if (entry != null) {
                    node = entry.value();
                    at = entry.keyAt();
                }
            } else if (name == null
                    && node instanceof Node.Sequence sequence
                    && step.getIndex() < sequence.items().size()) {
                node = sequence.items().get(step.getIndex());
                at = node.at();
            }
        }
        if (failure instanceof UnrecognizedPropertyException unknown) {
            List<String> known =
                    unknown.getKnownPropertyIds().stream().map(String::valueOf).toList();
            String name = Fields.shown(unknown.getPropertyName());
            problems.add(
                    at,
                    path.toString(),
                    "There is no field " + name + ".",
                    Nearest.to(unknown.getPropertyName(), known)
                            .map(meant -> "Did you mean " + meant + "?")
                            .orElse("Known fields here are " + String.join(", ", known) + "."));
        } else if (failure instanceof InvalidTypeIdException) {
            problems.add(at, path.toString(), "There is no such kind.", REMEDY);
        } else if (failure.getCause() instanceof IllegalArgumentException refused) {
            problems.add(at, path.toString(), refused.getMessage() + ".", REMEDY);
        } else {
            problems.add(at, path.toString(), "Here is " + node.kind() + ", which is not possible.", REMEDY);
        }
    }

    private static JsonNode json(Node node) {
        if (node instanceof Node.Mapping mapping) {
            ObjectNode object = JSON.objectNode();
            mapping.entries().forEach((name, entry) -> object.set(name, json(entry.value())));
            return object;
        }
        if (node instanceof Node.Sequence sequence) {
            ArrayNode array = JSON.arrayNode();
            sequence.items().forEach(item -> array.add(json(item)));
            return array;
        }
        Node.Scalar scalar = (Node.Scalar) node;
        return switch (scalar.type()) {
            case TEXT -> JSON.textNode(scalar.text());
            case BOOLEAN -> JSON.booleanNode(scalar.text().equalsIgnoreCase("true"));
            case NOTHING -> JSON.nullNode();
            case NUMBER -> number(scalar.text());
        };
    }

    private static JsonNode number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            return number.scale() <= 0 && number.precision() < 18
                    ? JSON.numberNode(number.longValueExact())
                    : JSON.numberNode(number);
        } catch (ArithmeticException | NumberFormatException e) {
            // YAML writes some numbers as Java does not, such as 0x10 or .inf
            return JSON.textNode(text);
        }
    }
}
