package org.datalabs.desktop.problem;

import java.util.List;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;

/**
 * A problem as it is shown.
 *
 * @param title the kind in a few words, without a full stop
 * @param text what happened, plain sentences
 * @param remedy what to do next, plain sentences; may be empty
 * @param code what users quote to support, such as {@code DL-2001}
 * @param severity how it is coloured
 * @param help the button that helps
 * @param fields values that were refused, to be shown beside their controls
 */
public record ShownProblem(
        String title, String text, String remedy, String code, Severity severity, Help help, List<FieldError> fields) {

    /** How a problem is coloured: something to know or to choose otherwise, or something that broke. */
    public enum Severity {
        WARNING,
        DANGER
    }

    /** The button that helps; its words belong to the screen. */
    public enum Help {
        /** The same again may succeed. */
        TRY_AGAIN,
        /** Connect again. */
        RECONNECT,
        /** Read anew and try again: someone else changed it. */
        REFRESH,
        /** Correct the marked values. */
        CORRECT,
        /** End a running datalab. */
        MAKE_ROOM,
        /** Give an access token. */
        SIGN_IN,
        /** Read the log. */
        SEE_LOG,
        NONE
    }

    public ShownProblem {
        fields = List.copyOf(fields);
    }

    public static ShownProblem of(Throwable thrown) {
        return of(Problems.of(thrown));
    }

    public static ShownProblem of(Problem problem) {
        return new ShownProblem(
                problem.code().title(),
                problem.what(),
                problem.remedy(),
                problem.code().label(),
                severity(problem),
                help(problem),
                problem.fields());
    }

    /** Text and remedy as one. */
    public String sentence() {
        return remedy.isEmpty() ? text : text + " " + remedy;
    }

    private static Severity severity(Problem problem) {
        return switch (problem.code()) {
            case QUOTA_REACHED,
                    INVALID_FIELD,
                    CHANGED_MEANWHILE,
                    WRONG_STATE,
                    NOT_AVAILABLE_HERE,
                    PROGRAM_MISSING,
                    VOLUME_IN_USE,
                    VOLUME_UNAVAILABLE,
                    SESSION_NOT_READY,
                    TICKET_INVALID,
                    NOT_SIGNED_IN,
                    UNREACHABLE,
                    ALREADY_RUNNING -> Severity.WARNING;
            default -> Severity.DANGER;
        };
    }

    private static Help help(Problem problem) {
        return switch (problem.code()) {
            case UNREACHABLE -> Help.RECONNECT;
            case INVALID_FIELD -> problem.fields().isEmpty() ? Help.NONE : Help.CORRECT;
            case QUOTA_REACHED -> Help.MAKE_ROOM;
            case CHANGED_MEANWHILE, WRONG_STATE, NOT_FOUND -> Help.REFRESH;
            case NOT_SIGNED_IN -> Help.SIGN_IN;
            case START_FAILED, PROGRAM_ENDED, OUT_OF_MEMORY, START_TIMED_OUT, INTERRUPTED -> Help.SEE_LOG;
            case SESSION_UNREACHABLE,
                    SESSION_NOT_READY,
                    TICKET_INVALID,
                    DISK_FULL,
                    PORT_IN_USE,
                    VOLUME_IN_USE,
                    VOLUME_UNAVAILABLE,
                    INTERNAL -> Help.TRY_AGAIN;
            default -> Help.NONE;
        };
    }
}
