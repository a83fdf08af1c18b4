package org.datalabs.core.problem;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;

/**
 * Something that went wrong, told so that a person knows what to do.
 *
 * @param code kind of the problem
 * @param what what happened, one or two plain sentences
 * @param remedy what to do next, one or two plain sentences; empty when nothing can be done
 * @param fields the values that were refused; empty unless the request itself was at fault
 */
public record Problem(
        ProblemCode code,
        String what,
        String remedy,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<FieldError> fields) {

    public Problem {
        fields = List.copyOf(fields);
    }

    public static Problem of(ProblemCode code, String what, String remedy) {
        return new Problem(code, what, remedy, List.of());
    }

    /** A problem with one refused value. */
    public static Problem field(String field, String message) {
        return fields(List.of(new FieldError(field, message)));
    }

    /** A problem with refused values; {@code errors} holds at least one. */
    public static Problem fields(List<FieldError> errors) {
        FieldError first = errors.get(0);
        String what = errors.size() == 1
                ? first.field() + ": " + first.message()
                : errors.size() + " values are not allowed. First, " + first.field() + ": " + first.message();
        return new Problem(ProblemCode.INVALID_FIELD, what, "Correct the values and try again.", errors);
    }

    /** What happened and what to do as one text. */
    @JsonIgnore
    public String text() {
        return remedy.isEmpty() ? what : what + " " + remedy;
    }
}
