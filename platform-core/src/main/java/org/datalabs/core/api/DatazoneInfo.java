package org.datalabs.core.api;

import java.util.List;
import org.datalabs.core.catalogue.Resources;
import org.jspecify.annotations.Nullable;

/**
 * A datazone about itself.
 *
 * @param name the name to show
 * @param description a few words, such as the runtime's version and the machine's size
 * @param runtime {@code local} or {@code kubernetes}
 * @param version version of the service
 * @param total what the machine or cluster has in all
 * @param idleMinutes minutes after which a datalab is paused that is neither used nor at work, or null when none is
 * @param notices what does not work here as users may expect, one plain sentence each; for example that CPU limits are
 *     not enforced
 */
public record DatazoneInfo(
        String name,
        String description,
        String runtime,
        String version,
        Resources total,
        @Nullable Integer idleMinutes,
        List<String> notices) {
    public DatazoneInfo {
        notices = List.copyOf(notices);
    }
}
