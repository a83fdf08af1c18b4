package org.datalabs.backend.runtime;

import java.util.List;
import org.datalabs.core.catalogue.Resources;

/**
 * An engine about itself.
 *
 * @param name {@code local} or {@code kubernetes}
 * @param description a few words for the datazone switcher, such as "bubblewrap 0.8, 2 cores, 24 GB"
 * @param total what it can hand out in all
 * @param notices what users may expect and do not get here, a plain sentence each
 */
public record RuntimeDescription(String name, String description, Resources total, List<String> notices) {
    public RuntimeDescription {
        notices = List.copyOf(notices);
    }
}
