package org.datalabs.desktop.running;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.Volume;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;

/** How running datalabs are spoken of. Immutable. */
public final class SessionWords {
    private final Texts texts = Texts.of(SessionWords.class);
    private final Formats formats = new Formats();

    /** {@code TOPCAT 4.8}. */
    public String datalab(Session session) {
        return texts.get("datalab", session.datalabName(), session.version());
    }

    /** {@code TOPCAT 4.8 · 2 cores, 8 GB · Samples}. */
    public String subtitle(Session session, List<Volume> volumes) {
        String mounted =
                session.mounts().stream().map(mount -> name(mount, volumes)).collect(Collectors.joining(", "));
        return Stream.of(datalab(session), formats.resources(session.resources()), mounted)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(texts.get("separator")));
    }

    private static String name(Mount mount, List<Volume> volumes) {
        return volumes.stream()
                .filter(volume -> volume.id().equals(mount.volume()))
                .map(Volume::name)
                .findFirst()
                .orElse(mount.volume().value());
    }

    /** {@code 5 h 12 min}, time until the session ends. */
    public String left(Session session, Instant now) {
        return formats.duration(Duration.between(now, session.endsAt()));
    }

    /** Why it waits and what can be done. */
    public String waits(SessionState.Pending pending) {
        return pending.remedy().isEmpty()
                ? pending.reason()
                : texts.get("sentences", pending.reason(), pending.remedy());
    }

    /** What an entry of the journal says. */
    public String news(SessionNews news) {
        String name = news.session().name();
        return switch (news.what()) {
            case LAUNCHED -> texts.get("news.launched", name);
            case READY -> texts.get("news.ready", name);
            case FAILED -> texts.get("news.failed", name);
            case PAUSED -> texts.get("news.paused", name);
            case ENDED -> texts.get("news.ended", name);
            case PAUSES_SOON -> texts.get("news.pauses.soon", name);
            case ENDS_SOON -> texts.get("news.ends.soon", name, left(news.session(), news.at()));
        };
    }

    /** What support needs to know of a failure; holds no secret. */
    public String report(Session session, SessionState.Failed failure) {
        return texts.get(
                "report",
                session.name(),
                datalab(session),
                formats.resources(session.resources()),
                session.id().value(),
                failure.code().label(),
                failure.cause(),
                failure.remedy(),
                formats.moment(session.createdAt()),
                formats.moment(failure.since()));
    }
}
