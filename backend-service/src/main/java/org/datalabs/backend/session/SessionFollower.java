package org.datalabs.backend.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.datalabs.backend.events.EventStore.StoredEvent;
import org.datalabs.backend.http.StoreOutage;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.session.SessionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the book of one replica up to date with what other replicas write, by the kept events. */
public final class SessionFollower implements Consumer<List<StoredEvent>> {
    private static final Logger LOG = LoggerFactory.getLogger(SessionFollower.class);
    private static final Set<String> ABOUT_SESSIONS = Set.of("session", "session-removed");

    private final SessionBook book;
    private final ObjectMapper json;

    public SessionFollower(SessionBook book, ObjectMapper json) {
        this.book = book;
        this.json = json;
    }

    @Override
    public void accept(List<StoredEvent> events) {
        Collection<SessionId> changed = new LinkedHashSet<>();
        for (StoredEvent event : events) {
            if (ABOUT_SESSIONS.contains(event.type())) {
                note(event, changed);
            }
        }
        try {
            book.follow(changed);
        } catch (RuntimeException e) {
            if (StoreOutage.caused(e)) {
                throw e;
            }
            LOG.error("sessions {} could not be read; the next look at everything tries again", changed, e);
        }
    }

    private void note(StoredEvent event, Collection<SessionId> changed) {
        try {
            DatazoneEvent news = json.readValue(event.json(), DatazoneEvent.class);
            if (news instanceof DatazoneEvent.SessionChanged about && !book.knows(about.session())) {
                changed.add(about.session().id());
            } else if (news instanceof DatazoneEvent.SessionRemoved gone) {
                changed.add(gone.session());
            }
        } catch (JsonProcessingException e) {
            // A newer replica may tell in words that this one does not know; the next look at everything makes up for
            // it.
            LOG.warn("event {} cannot be read", event.number(), e);
        }
    }
}
