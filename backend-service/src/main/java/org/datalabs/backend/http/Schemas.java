package org.datalabs.backend.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.datalabs.core.problem.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas (draft 2020-12, as OpenAPI 3.1 takes them) of the records that cross the wire. Fields that a record does
 * not mark as nullable are required. Not thread-safe.
 */
final class Schemas {
    private static final String REFERENCE = "#/components/schemas/";

    private final Map<String, ObjectNode> made = new TreeMap<>();

    ObjectNode all() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        made.forEach(all::set);
        return all;
    }

    /** A schema of a type, by reference where it has a name of its own. */
    ObjectNode reference(Type type) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type[] arguments = generic.getActualTypeArguments();
            if (Collection.class.isAssignableFrom(raw)) {
                schema.put("type", "array").set("items", reference(arguments[0]));
            } else if (Map.class.isAssignableFrom(raw)) {
                schema.put("type", "object").set("additionalProperties", reference(arguments[1]));
            }
            return schema;
        }
        if (!(type instanceof Class<?> plain)) {
            return schema;
        }
        if (plain == String.class || plain == URI.class) {
            schema.put("type", "string");
        } else if (plain == Instant.class) {
            schema.put("type", "string").put("format", "date-time");
        } else if (plain == LocalDate.class) {
            schema.put("type", "string").put("format", "date");
        } else if (plain == int.class || plain == Integer.class || plain == long.class || plain == Long.class) {
            schema.put("type", "integer")
                    .put("format", plain == int.class || plain == Integer.class ? "int32" : "int64");
        } else if (plain == double.class || plain == Double.class) {
            schema.put("type", "number");
        } else if (plain == boolean.class || plain == Boolean.class) {
            schema.put("type", "boolean");
        } else if (JsonNode.class.isAssignableFrom(plain)) {
            schema.put("type", "object");
        } else {
            name(plain);
            schema.put("$ref", REFERENCE + nameOf(plain));
        }
        return schema;
    }

    private void name(Class<?> type) {
        String name = nameOf(type);
        if (made.containsKey(name)) {
            return;
        }
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        made.put(name, schema);
        if (type.isEnum()) {
            ArrayNode values = schema.put("type", "string").putArray("enum");
            for (Object constant : type.getEnumConstants()) {
                values.add(wireName((Enum<?>) constant));
            }
        } else if (type.isAnnotationPresent(JsonSubTypes.class)) {
            ArrayNode choices = schema.putArray("oneOf");
            String tag = type.getAnnotation(JsonTypeInfo.class).property();
            for (JsonSubTypes.Type choice :
                    type.getAnnotation(JsonSubTypes.class).value()) {
                ObjectNode tagged = object(choice.value());
                ((ObjectNode) tagged.get("properties")).putObject(tag).put("const", choice.name());
                ((ArrayNode) tagged.get("required")).add(tag);
                choices.add(tagged);
            }
        } else if (type.isRecord() && isText(type)) {
            schema.put("type", "string");
        } else if (type.isRecord()) {
            schema.setAll(object(type));
        } else {
            throw new IllegalArgumentException("no schema for " + type);
        }
    }

    private ObjectNode object(Class<?> type) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonIgnore.class)) {
                continue;
            }
            properties.set(component.getName(), reference(component.getGenericType()));
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            boolean leftOutWhenEmpty = component.getGenericType() instanceof ParameterizedType list
                    && list.getActualTypeArguments()[0] == FieldError.class;
            if (!nullable && !leftOutWhenEmpty) {
                required.add(component.getName());
            }
        }
        return schema;
    }

    private static boolean isText(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        return components.length == 1 && components[0].getAccessor().isAnnotationPresent(JsonValue.class);
    }

    private static String wireName(Enum<?> constant) {
        try {
            JsonProperty named =
                    constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
            return named == null ? constant.name() : named.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("an enum's constant is its field", e);
        }
    }

    private static String nameOf(Class<?> type) {
        Class<?> owner = type.getDeclaringClass();
        return owner == null ? type.getSimpleName() : owner.getSimpleName() + type.getSimpleName();
    }
}
