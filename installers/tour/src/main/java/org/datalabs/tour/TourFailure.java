package org.datalabs.tour;

/** The tour saw something other than it should have. */
final class TourFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TourFailure(String message) {
        super(message);
    }

    TourFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
