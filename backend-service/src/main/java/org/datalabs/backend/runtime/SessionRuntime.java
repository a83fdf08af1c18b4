package org.datalabs.backend.runtime;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.datalabs.core.catalogue.Availability;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.Capacity;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.UsageSample;

/**
 * An engine that runs sessions.
 *
 * <p>Every command is idempotent and returns at once; its outcome shows in {@link #observe}. Thread-safe.
 */
public interface SessionRuntime extends AutoCloseable {

    /** What this engine is and what it cannot do. */
    RuntimeDescription describe();

    /** What could be started now; for forecasts, and at most some seconds old. */
    Capacity capacity();

    /**
     * Tells the catalogue, so that the engine can make ready what its settings name. Called once, after it can answer.
     *
     * @param catalogue finds the current version of a datalab
     */
    default void know(Function<DatalabId, Optional<Version>> catalogue) {}

    /** Whether a version can run here now. */
    Availability availability(Version version, Kind kind);

    /**
     * Brings the session's processes about, unless they exist or existed already: one that has exited is not started
     * anew until it is removed.
     */
    void start(SessionSpec spec);

    /**
     * Ends the session's processes and removes everything made for it but its log, the owner's home and volumes. Ends
     * politely first, by force after a short while. When done the session is no longer observed.
     */
    void stop(SessionId session);

    /**
     * Tells whose a session is that runs, which may have been started for another. Only sessions without a home of their
     * owner's ever change hands. Does nothing where an engine marks nothing with its owner.
     */
    default void assign(SessionId session, UserId owner) {}

    /** Everything that exists of this datazone's sessions, also what no store knows of. */
    Collection<SessionId> existing();

    /** The state of one session; {@link Observation.Absent} when nothing of it exists. */
    Observation observe(SessionId session);

    /** Calls {@code listener} soon after the observation of a session may have changed; on any thread. */
    void onChange(Consumer<SessionId> listener);

    /** Where the session's own server listens; empty before its process was started and after it ended. */
    Optional<Endpoint> endpoint(SessionId session);

    /**
     * Lines of the session's log, also after its end.
     *
     * @param after position from an earlier page, 0 for the beginning; negative for the last {@code limit} lines
     * @param limit most lines to return
     */
    LogPage log(SessionId session, long after, int limit);

    /** Adds a line of the platform's own to the session's log, with source {@code start}. */
    void note(SessionId session, String text);

    /** Sessions whose logs are kept beside what else there is of them, if that is so; asks and may take a while. */
    default Collection<SessionId> keptLogs() {
        return List.of();
    }

    /** Deletes the log of a session that is gone. */
    void forget(SessionId session);

    /** Use of every running session since the last call, which is made every few seconds. */
    List<UsageSample> usage();

    /** Releases what the engine holds. The local engine ends all sessions. */
    @Override
    void close();
}
