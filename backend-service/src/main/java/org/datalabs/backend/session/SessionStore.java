package org.datalabs.backend.session;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions. Every change of one also tells of itself by an event, in the same transaction, and so does every
 * change of what its owner holds. Thread-safe; blocks.
 */
public interface SessionStore {

    /**
     * Inserts a session within its owner's quota: all launches of one owner come one after the other.
     *
     * @param key makes the launch safe to repeat, or null
     * @param decide makes the session from what the owner holds now, or throws ProblemException to refuse it
     * @param ready sessions of {@link UserId#PLATFORM}; one that is still there and ready becomes the owner's in place of
     *     the new one, and no other launch gets it
     * @return the session; or that of an earlier launch with the same key
     */
    Launched launch(
            UserId owner, @Nullable LaunchKey key, Function<QuotaUse, SessionRecord> decide, ReadySessions ready);

    /**
     * Adds to the sessions of {@link UserId#PLATFORM}: all decisions about them come one after the other.
     *
     * @param decide makes new sessions from all that there are but the stopped ones
     */
    List<SessionRecord> stock(Function<List<SessionRecord>, List<SessionRecord>> decide);

    /** Deletes what has stopped of {@link UserId#PLATFORM}, of which nobody wants to read; returns the sessions. */
    List<SessionId> clearStock();

    /** The session of an earlier launch with this key. */
    Optional<Launched> launched(UserId owner, LaunchKey key);

    /**
     * Replaces a session, unless it has another revision by now.
     *
     * @param changed the new content with the revision that was read
     * @return the session with its next revision; empty when somebody else changed or removed it
     */
    Optional<SessionRecord> update(SessionRecord changed);

    /**
     * As {@link #update}, for one that will hold quota again.
     *
     * @param refusal says from what the owner holds without it why it may not, or empty
     */
    Optional<SessionRecord> claim(SessionRecord changed, Function<QuotaUse, Optional<Problem>> refusal);

    /** Deletes a session, unless it has another revision by now. */
    boolean remove(SessionRecord record);

    Optional<SessionRecord> find(SessionId session);

    /** Those of {@code sessions} that there are; at most some hundred. */
    List<SessionRecord> find(Collection<SessionId> sessions);

    /** Those of {@code sessions}, at most some hundred, of which there is a record, stopped ones included. */
    Set<SessionId> existing(Collection<SessionId> sessions);

    /** The revision of each session but the stopped ones, of all owners. */
    Map<SessionId, Long> revisions();

    /** All sessions but the stopped ones, of all owners. */
    List<SessionRecord> unfinished();

    /** A user's sessions, newest first: all but the stopped ones; or those stopped since {@code stoppedSince}. */
    List<Session> list(UserId owner, @Nullable Instant stoppedSince);

    /** What a user holds of their quota. */
    QuotaUse use(UserId owner);

    /**
     * Notes when a session was last used. Its revision stays, so that no writer of the rest of it has to start over.
     *
     * @return the session; empty when it has stopped or was removed
     */
    Optional<SessionRecord> used(SessionId session, Instant at);

    /** Deletes sessions that stopped, and launch keys that were used, before {@code before}; returns the sessions. */
    List<SessionId> prune(Instant before);

    /**
     * A repeatable launch.
     *
     * @param key the client's key
     * @param request fingerprint of the request, so that a key is not used for two different ones
     */
    record LaunchKey(String key, String request) {}

    /**
     * The outcome of a launch.
     *
     * @param record the session
     * @param repeated whether an earlier request made it
     * @param takenOver whether it was ready before
     */
    record Launched(SessionRecord record, boolean repeated, boolean takenOver) {}
}
