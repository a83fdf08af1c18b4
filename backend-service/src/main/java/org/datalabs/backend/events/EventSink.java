package org.datalabs.backend.events;

/** One client's open stream. Called from the hub's thread only, but may be closed from any. */
public interface EventSink {

    /** Takes a frame; false when the client reads too slowly or is gone, and should be dropped. */
    boolean offer(String frame);

    /** Ends the stream; the client comes back and resumes. Idempotent. */
    void close();
}
