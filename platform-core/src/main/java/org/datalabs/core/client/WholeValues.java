package org.datalabs.core.client;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds records of ours in which something is missing that may not be, since JSON from outside need not keep what our
 * types promise. Thread-safe.
 */
final class WholeValues {
    /** Per record class, the components to look at. */
    private static final ClassValue<List<Part>> PARTS = new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents()).map(Part::of).toList();
        }
    };

    private WholeValues() {}

    /** Thrown when a value is missing. */
    static final class MissingException extends Exception {
        private static final long serialVersionUID = 1L;

        MissingException(String message) {
            super(message);
        }
    }

    /** @throws MissingException when {@code value}, or something in it, lacks what its type promises */
    static void check(Object value) throws MissingException {
        if (value instanceof Collection<?> values) {
            for (Object element : values) {
                checkElement(element);
            }
        } else if (value instanceof Map<?, ?> values) {
            for (Object element : values.values()) {
                checkElement(element);
            }
        } else if (value instanceof Record && value.getClass().getPackageName().startsWith("org.datalabs.core.")) {
            for (Part part : PARTS.get(value.getClass())) {
                Object component = part.of(value);
                if (component != null) {
                    check(component);
                } else if (!part.mayBeNull()) {
                    throw new MissingException(value.getClass().getSimpleName() + " lacks "
                            + part.component().getName());
                }
            }
        }
    }

    private static void checkElement(@Nullable Object element) throws MissingException {
        if (element == null) {
            throw new MissingException("an element is missing");
        }
        check(element);
    }

    private record Part(RecordComponent component, boolean mayBeNull) {
        static Part of(RecordComponent component) {
            AnnotatedType type = component.getAnnotatedType();
            component.getAccessor().setAccessible(true);
            return new Part(component, type.isAnnotationPresent(Nullable.class));
        }

        @Nullable
        Object of(Object record) {
            try {
                return component.getAccessor().invoke(record);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
