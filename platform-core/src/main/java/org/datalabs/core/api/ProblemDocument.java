package org.datalabs.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Problem} as {@code application/problem+json} (RFC 9457). Everything may be missing in one that another
 * program wrote.
 *
 * @param type {@code urn:datalabs:problem:} and the name of the code
 * @param title the code in a few words
 * @param status HTTP status
 * @param detail what happened
 * @param code the code that users quote, such as {@code DL-2001}
 * @param remedy what to do next
 * @param errors the values that were refused
 * @param instance {@code urn:datalabs:request:} and the id of the request, which the log names too
 */
public record ProblemDocument(
        @Nullable String type,
        @Nullable String title,
        @Nullable Integer status,
        @Nullable String detail,
        @Nullable String code,
        @Nullable String remedy,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable
        List<FieldError> errors,

        @Nullable String instance) {
    public static final String CONTENT_TYPE = "application/problem+json";
    private static final String TYPE = "urn:datalabs:problem:";
    private static final String INSTANCE = "urn:datalabs:request:";

    /** The document of {@code problem}, met by the request {@code requestId}. */
    public static ProblemDocument of(Problem problem, @Nullable String requestId) {
        ProblemCode code = problem.code();
        return new ProblemDocument(
                TYPE + code.name(),
                code.title(),
                code.status(),
                problem.what(),
                code.label(),
                problem.remedy(),
                problem.fields(),
                requestId == null ? null : INSTANCE + requestId);
    }

    /**
     * The problem that this document tells; empty when it is of another making. A code that is not known here, from a
     * newer service, becomes the known one of the same HTTP status.
     */
    public Optional<Problem> toProblem() {
        if (type == null || !type.startsWith(TYPE)) {
            return Optional.empty();
        }
        ProblemCode known = knownCode(type.substring(TYPE.length()), status == null ? 500 : status);
        String what = detail == null || detail.isBlank() ? (title == null ? known.title() : title) + "." : detail;
        List<FieldError> fields = errors == null
                ? List.of()
                : errors.stream()
                        .filter(error -> error != null && error.field() != null && error.message() != null)
                        .toList();
        return Optional.of(new Problem(known, what, remedy == null ? "" : remedy, fields));
    }

    private static ProblemCode knownCode(String name, int status) {
        ProblemCode sameStatus = ProblemCode.INTERNAL;
        for (ProblemCode candidate : ProblemCode.values()) {
            if (candidate.name().equals(name)) {
                return candidate;
            }
            if (sameStatus == ProblemCode.INTERNAL && candidate.status() == status && status != 500) {
                sameStatus = candidate;
            }
        }
        return sameStatus;
    }
}
