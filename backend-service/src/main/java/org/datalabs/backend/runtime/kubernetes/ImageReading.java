package org.datalabs.backend.runtime.kubernetes;

import java.util.Locale;

/**
 * Why an image cannot be fetched. Pure.
 *
 * @param image its name
 * @param message the machine's words
 */
record ImageReading(String image, String message) {

    /** Whether trying again will not help. */
    boolean isFinal() {
        return isMissing() || isRefused() || isMisnamed();
    }

    String reason() {
        if (isMisnamed()) {
            return image + " is no name of an image.";
        }
        if (isRefused()) {
            return "The registry refuses to hand out the image " + image + ".";
        }
        return isMissing()
                ? "The image " + image + " does not exist."
                : "The image " + image + " cannot be fetched: the registry does not answer.";
    }

    String remedy() {
        if (isRefused()) {
            return "Tell the operators of the datazone: the secret for this registry is missing or wrong.";
        }
        return isFinal()
                ? "Choose another version, or tell the maintainer of the datalab."
                : "It is tried again by itself; if it stays like this, tell the operators of the datazone.";
    }

    private boolean isMisnamed() {
        return says("couldn't parse image") || says("invalid reference format") || says("invalidimagename");
    }

    /** Registries say "denied" also of what does not exist, so "not found" counts first. */
    private boolean isMissing() {
        return says("not found")
                || says("manifest unknown")
                || says("name unknown")
                || says("not present with pull policy");
    }

    private boolean isRefused() {
        return !isMissing()
                && (says("unauthorized") || says("denied") || says("authorization failed") || says("forbidden"));
    }

    private boolean says(String words) {
        return message.toLowerCase(Locale.ROOT).contains(words);
    }
}
