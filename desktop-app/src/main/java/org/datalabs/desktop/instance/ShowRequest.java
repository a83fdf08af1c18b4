package org.datalabs.desktop.instance;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A second app's wish that the first shows its window.
 *
 * @param datazone datazone that the second was to open, or null
 */
public record ShowRequest(@Nullable URI datazone) {
    private static final String SHOW = "show";

    String line() {
        return datazone == null ? SHOW : SHOW + " " + datazone;
    }

    static Optional<ShowRequest> parse(String line) {
        if (line.equals(SHOW)) {
            return Optional.of(new ShowRequest(null));
        }
        if (!line.startsWith(SHOW + " ")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ShowRequest(new URI(line.substring(SHOW.length() + 1))));
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }
}
