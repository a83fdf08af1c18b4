package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.datalabs.core.session.SessionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens in one session to its log, without its token. Thread-safe. */
final class SessionJournal {
    private static final Logger LOG = LoggerFactory.getLogger(SessionJournal.class);
    private static final String HIDDEN = "[token]";

    private final SessionId session;
    private final SessionLog log;
    private final String token;
    private final Clock clock;
    private final AtomicBoolean losing = new AtomicBoolean();

    SessionJournal(SessionId session, SessionLog log, String token, Clock clock) {
        this.session = session;
        this.log = log;
        this.token = token;
        this.clock = clock;
    }

    void output(List<String> lines) {
        add("datalab", lines);
    }

    void note(String text) {
        add("start", List.of(text));
    }

    List<String> lastTexts(int limit) {
        return log.lastTexts(limit);
    }

    private void add(String source, List<String> lines) {
        List<String> safe = token.isEmpty()
                ? lines
                : lines.stream().map(line -> line.replace(token, HIDDEN)).toList();
        try {
            log.add(clock.instant(), source, safe);
            losing.set(false);
        } catch (IOException e) {
            // Said once until it works again: a full disk makes many lines.
            if (!losing.getAndSet(true)) {
                LOG.warn("lines of the log of session {} are lost", session, e);
            }
        }
    }
}
