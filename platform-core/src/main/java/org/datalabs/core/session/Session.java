package org.datalabs.core.session;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.volume.Mount;
import org.jspecify.annotations.Nullable;

/**
 * One running instance of a version, owned by one user.
 *
 * @param id identity
 * @param owner who launched it
 * @param name the name the owner gave it
 * @param datalab which datalab
 * @param datalabName name of the datalab at launch
 * @param version which version
 * @param kind how it is shown
 * @param home whose its home folder is; null stands for {@link Home#PERSONAL}
 * @param resources what it may use
 * @param mounts its volumes
 * @param options values of the datalab's configuration options
 * @param desired what the owner wants
 * @param state where it is
 * @param createdAt when it was launched
 * @param endsAt when it is ended unless extended
 * @param lastUsedAt last traffic of its user or last work of its own, or null before the first
 * @param revision counts every change of the record; a writer names the one it read
 */
public record Session(
        SessionId id,
        UserId owner,
        String name,
        DatalabId datalab,
        String datalabName,
        String version,
        Kind kind,
        Home home,
        Resources resources,
        List<Mount> mounts,
        Map<String, String> options,
        Desired desired,
        SessionState state,
        Instant createdAt,
        Instant endsAt,
        @Nullable Instant lastUsedAt,
        long revision) {
    public Session {
        // Of a datazone that knows no other.
        home = home == null ? Home.PERSONAL : home;
        mounts = List.copyOf(mounts);
        options = Map.copyOf(options);
    }

    public Session with(Desired newDesired, SessionState newState) {
        return copy(name, newDesired, newState, endsAt, lastUsedAt, revision);
    }

    public Session with(SessionState newState) {
        return with(desired, newState);
    }

    /** The same with another name and end. */
    public Session with(String newName, Instant newEnd) {
        return copy(newName, desired, state, newEnd, lastUsedAt, revision);
    }

    /** The same, last used then; null for never. */
    public Session used(@Nullable Instant at) {
        return copy(name, desired, state, endsAt, at, revision);
    }

    /** The same as another revision. */
    public Session revised(long newRevision) {
        return copy(name, desired, state, endsAt, lastUsedAt, newRevision);
    }

    private Session copy(
            String newName,
            Desired newDesired,
            SessionState newState,
            Instant newEnd,
            @Nullable Instant newUse,
            long newRevision) {
        return new Session(
                id,
                owner,
                newName,
                datalab,
                datalabName,
                version,
                kind,
                home,
                resources,
                mounts,
                options,
                newDesired,
                newState,
                createdAt,
                newEnd,
                newUse,
                newRevision);
    }
}
