package org.datalabs.core.catalogue;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One immutable release of a datalab.
 *
 * @param name as its maintainer writes it, such as {@code 4.8}
 * @param released day of the release (UTC)
 * @param image container image reference for clusters, or null when it runs only locally
 * @param local how it runs on one machine, or null when it needs a cluster
 * @param port TCP port of the web interface or RFB server inside the container
 * @param basePath template of the URL prefix under which a web datalab serves itself, such as <code>{base}</code>, or
 *     {@code /} when it always serves at the root
 * @param readyPath path below the base whose answer (any status under 500 but 404) shows that a web datalab works
 * @param authorization value of the Authorization header that the data plane adds to every request, such as
 *     <code>token {token}</code>, or null when the datalab has no sign-in of its own
 * @param activity who tells besides the user's traffic whether it is at work, or null when nobody does
 * @param home whose home folder its sessions have; null stands for {@link Home#PERSONAL}
 * @param notes what changed, Markdown
 * @param sizeBytes size of the image, or null when unknown
 * @param deprecated whether users should move on to a newer version
 */
public record Version(
        String name,
        LocalDate released,
        @Nullable String image,
        @Nullable LocalCommand local,
        int port,
        String basePath,
        String readyPath,
        @Nullable String authorization,
        @Nullable ActivitySource activity,
        Home home,
        String notes,
        @Nullable Long sizeBytes,
        boolean deprecated) {
    public Version {
        // Written before there was a choice.
        home = home == null ? Home.PERSONAL : home;
    }
}
