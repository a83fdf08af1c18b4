package org.datalabs.core.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream format of server-sent events (WHATWG HTML, section 9.2.6) from pieces of any size. Lines end with CR
 * LF, LF or CR; text is UTF-8. An event that is cut off by the end of the stream is dropped, as the standard says. One
 * per connection; not thread-safe.
 */
final class ServerSentEventParser {
    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int MOST_DIGITS = 9;

    private final int longest;
    private final Consumer<ServerSentEvent> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String idBuffer;
    private String lastEventId;
    private @Nullable Integer retryMillis;
    private boolean firstLine = true;
    private boolean skipLineFeed;

    /**
     * @param lastEventId id of the last event of the previous connection; empty when none
     * @param longest most bytes of a line and most characters of an event
     * @param events gets each event
     */
    ServerSentEventParser(String lastEventId, int longest, Consumer<ServerSentEvent> events) {
        this.lastEventId = lastEventId;
        this.idBuffer = lastEventId;
        this.longest = longest;
        this.events = events;
    }

    /** Thrown for a line or an event of absurd length. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("an event is too long");
        }
    }

    /** Takes the next piece of the stream. */
    void feed(ByteBuffer piece) throws TooLongException {
        while (piece.hasRemaining()) {
            byte next = piece.get();
            if (skipLineFeed) {
                skipLineFeed = false;
                if (next == LF) {
                    continue;
                }
            }
            if (next == CR || next == LF) {
                skipLineFeed = next == CR;
                endLine();
            } else if (line.size() < longest) {
                line.write(next);
            } else {
                throw new TooLongException();
            }
        }
    }

    /** Id to resume after; empty when there is none. */
    String lastEventId() {
        return lastEventId;
    }

    /** The reconnection time in milliseconds that the server asked for, or null. */
    @Nullable
    Integer retryMillis() {
        return retryMillis;
    }

    private void endLine() throws TooLongException {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (firstLine) {
            firstLine = false;
            if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
                text = text.substring(1);
            }
        }
        if (text.isEmpty()) {
            dispatch();
            return;
        }
        int colon = text.indexOf(':');
        if (colon == 0) {
            return;
        }
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        field(field, value.startsWith(" ") ? value.substring(1) : value);
    }

    private void field(String name, String value) throws TooLongException {
        switch (name) {
            case "event" -> type = value;
            case "data" -> {
                if (data.length() + value.length() >= longest) {
                    throw new TooLongException();
                }
                data.append(value).append('\n');
            }
            case "id" -> {
                if (value.indexOf('\0') < 0) {
                    idBuffer = value;
                }
            }
            case "retry" -> {
                if (!value.isEmpty()
                        && value.length() <= MOST_DIGITS
                        && value.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
                    retryMillis = Integer.valueOf(value);
                }
            }
            default -> {
                // Fields of other names are ignored, as the standard says.
            }
        }
    }

    private void dispatch() {
        lastEventId = idBuffer;
        if (data.length() > 0) {
            data.setLength(data.length() - 1);
            events.accept(new ServerSentEvent(type.isEmpty() ? "message" : type, data.toString()));
        }
        data.setLength(0);
        type = "";
    }
}
