package org.datalabs.core.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the home folder of a datalab's sessions is. */
public enum Home {
    /** The user's own, which all of their sessions share and which outlives them. */
    @JsonProperty("personal")
    PERSONAL("Files in your home are safe."),
    /** An empty folder of the session alone, which ends with its programs: also when it is paused. */
    @JsonProperty("temporary")
    TEMPORARY("Its home was temporary and ended with it.");

    private final String fate;

    Home(String fate) {
        this.fate = fate;
    }

    /** What becomes of its files when a session's programs have ended, one sentence. */
    public String fate() {
        return fate;
    }
}
