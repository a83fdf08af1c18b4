package org.datalabs.core.problem;

/**
 * What can go wrong, as users, scripts and support know it. A number never changes its meaning.
 *
 * <p>The HTTP status follows RFC 9110, section 15.
 */
public enum ProblemCode {
    BAD_REQUEST(1000, 400, "The request cannot be read"),
    INVALID_FIELD(1001, 400, "A value is not allowed"),
    NOT_SIGNED_IN(1002, 401, "Not signed in"),
    FORBIDDEN(1003, 403, "Not allowed"),
    NOT_FOUND(1004, 404, "Not found"),
    METHOD_NOT_ALLOWED(1005, 405, "Method not allowed"),
    CHANGED_MEANWHILE(1006, 409, "Changed meanwhile"),
    TOO_LARGE(1007, 413, "The request is too large"),
    UNSUPPORTED_TYPE(1008, 415, "The content type is not supported"),
    QUOTA_REACHED(2001, 409, "Your quota is used up"),
    NOT_AVAILABLE_HERE(2002, 409, "This datalab cannot run here"),
    WRONG_STATE(2003, 409, "Not possible in this state"),
    VOLUME_IN_USE(2004, 409, "The volume is in use"),
    VOLUME_UNAVAILABLE(2005, 409, "The volume is not available"),
    PROGRAM_MISSING(2010, 409, "A program is missing"),
    SANDBOX_UNAVAILABLE(2011, 503, "Datalabs cannot be isolated here"),
    START_FAILED(2020, 500, "The datalab did not start"),
    PROGRAM_ENDED(2021, 500, "The datalab ended by itself"),
    OUT_OF_MEMORY(2022, 500, "The datalab ran out of memory"),
    START_TIMED_OUT(2023, 500, "The datalab did not answer in time"),
    INTERRUPTED(2024, 500, "The datazone stopped while the datalab ran"),
    IMAGE_UNAVAILABLE(2025, 500, "The image cannot be fetched"),
    NODE_LOST(2026, 500, "The machine that ran the datalab was lost"),
    EVICTED(2027, 500, "The cluster ended the datalab"),
    SESSION_UNREACHABLE(2030, 502, "The datalab does not answer"),
    SESSION_NOT_READY(2031, 503, "The datalab is not ready"),
    TICKET_INVALID(2040, 403, "The link is no longer valid"),
    MANIFEST_INVALID(3001, 422, "The manifest has a mistake"),
    DISK_FULL(4001, 507, "The disk is full"),
    STORE_DAMAGED(4002, 500, "The database is damaged"),
    PORT_IN_USE(4003, 500, "The port is in use"),
    ALREADY_RUNNING(4004, 500, "Datalabs is already running"),
    STORE_UNREACHABLE(4005, 503, "The database does not answer"),
    UNREACHABLE(5001, 503, "The datazone does not answer"),
    INTERNAL(9000, 500, "An internal error");

    private final int number;
    private final int status;
    private final String title;

    ProblemCode(int number, int status, String title) {
        this.number = number;
        this.status = status;
        this.title = title;
    }

    /** The code that users quote to support, such as {@code DL-2041}. */
    public String label() {
        return "DL-" + number;
    }

    /** The HTTP status with which the API answers. */
    public int status() {
        return status;
    }

    /** The kind of problem in a few plain words, without a full stop. */
    public String title() {
        return title;
    }
}
