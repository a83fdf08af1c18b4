package org.datalabs.backend.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Reads JSON bodies and says which field is wrong. Thread-safe. */
final class RequestBodies {
    private final ObjectMapper json;

    RequestBodies(ObjectMapper json) {
        this.json = json;
    }

    <T> T read(byte[] body, Class<T> type) {
        T value;
        try {
            value = json.readValue(body, type);
        } catch (JsonMappingException e) {
            throw new ProblemException(problem(e), e);
        } catch (JacksonException e) {
            throw unreadable(e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
        if (value == null) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "The request body is null.", "Send a JSON object as its body.");
        }
        List<FieldError> missing = new ArrayList<>();
        findMissing(value, "", missing);
        if (!missing.isEmpty()) {
            throw new ProblemException(Problem.fields(missing));
        }
        return value;
    }

    private static ProblemException unreadable(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return new ProblemException(
                    Problem.of(
                            ProblemCode.BAD_REQUEST,
                            "The request body is nested too deep, or a number or name in it is too long.",
                            "Send the object that this address describes in /api/v1/openapi.json."),
                    e);
        }
        var location = e.getLocation();
        String where =
                location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        return new ProblemException(
                Problem.of(
                        ProblemCode.BAD_REQUEST,
                        "The request body is not valid JSON" + where + ".",
                        "Send one JSON object (RFC 8259) in UTF-8."),
                e);
    }

    private static Problem problem(JsonMappingException e) {
        String path = path(e);
        if (path.isEmpty()) {
            return Problem.of(ProblemCode.BAD_REQUEST, "The request body is not the expected object.", expectation(e));
        }
        return Problem.field(path, expectation(e));
    }

    private static String expectation(JsonMappingException e) {
        Throwable cause = e.getCause();
        if (e instanceof UnrecognizedPropertyException unknown) {
            String known = Stream.ofNullable(unknown.getKnownPropertyIds())
                    .flatMap(ids -> ids.stream())
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "));
            return "This field is not known. Known are: " + known + ".";
        }
        if (e instanceof ValueInstantiationException && cause != null) {
            return "This value is not allowed: " + cause.getMessage() + ".";
        }
        if (cause instanceof InputCoercionException) {
            return "This number is too large or not whole.";
        }
        if (cause instanceof StreamConstraintsException) {
            return "This value is too long or nested too deep.";
        }
        if (e instanceof InvalidFormatException format) {
            if (format.getValue() instanceof Number) {
                return "This number is too large or not whole.";
            }
            return "This value is not allowed here; " + wanted(format.getTargetType()) + " is expected.";
        }
        if (e instanceof MismatchedInputException mismatch) {
            return "This value has the wrong type; " + wanted(mismatch.getTargetType()) + " is expected.";
        }
        return "This value cannot be read.";
    }

    private static String wanted(@Nullable Class<?> type) {
        if (type == null) {
            return "another value";
        }
        if (type.isEnum()) {
            return "one of "
                    + Stream.of(type.getEnumConstants()).map(String::valueOf).collect(Collectors.joining(", "));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (Iterable.class.isAssignableFrom(type)) {
            return "a list";
        }
        return CharSequence.class.isAssignableFrom(type) ? "a text" : "an object or text of its form";
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    /** Java's records take null for any object; the wire does so only where the record says that it may be null. */
    private static void findMissing(Object value, String path, List<FieldError> missing) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                Object element = list.get(i);
                if (element != null) {
                    findMissing(element, path + "[" + i + "]", missing);
                }
            }
        }
        if (!(value instanceof Record)) {
            return;
        }
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            String field = path.isEmpty() ? component.getName() : path + "." + component.getName();
            Object part = valueOf(component, value);
            if (part != null) {
                findMissing(part, field, missing);
            } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                missing.add(new FieldError(field, "This field is required."));
            }
        }
    }

    private static @Nullable Object valueOf(RecordComponent component, Object owner) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record's accessor is public", e);
        }
    }
}
