package org.datalabs.backend.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.datalabs.core.api.DatazoneEvent;

/** The text of events on a stream (WHATWG HTML, section 9.2.6), and the form of their ids. */
final class EventFrame {
    private EventFrame() {}

    static String kept(String epoch, EventStore.StoredEvent event) {
        return "id: " + epoch + "-" + event.number() + "\nevent: " + event.type() + "\ndata: " + event.json() + "\n\n";
    }

    static String resync(String epoch, long number) {
        return "id: " + epoch + "-" + number + "\nevent: resync\ndata: {\"type\":\"resync\"}\n\n";
    }

    static String passing(String type, DatazoneEvent event, ObjectMapper json) {
        try {
            return "event: " + type + "\ndata: "
                    + json.writerFor(DatazoneEvent.class).writeValueAsString(event) + "\n\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event is always JSON", e);
        }
    }

    /** The number of an id of this epoch; empty for any other text. */
    static Optional<Long> number(String epoch, String id) {
        String prefix = epoch + "-";
        if (!id.startsWith(prefix) || id.length() > prefix.length() + 18) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(id.substring(prefix.length())));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
