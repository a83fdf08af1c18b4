package org.datalabs.core.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a datalab is shown: in a web view, or streamed over RFB (RFC 6143). */
public enum Kind {
    @JsonProperty("web")
    WEB,
    @JsonProperty("desktop")
    DESKTOP
}
