package org.datalabs.core.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who else than its user's traffic tells whether a session is at work. */
public enum ActivitySource {
    /** A Jupyter server, by its REST interface: <code>api/status</code> and <code>api/kernels</code> below the base. */
    @JsonProperty("jupyter")
    JUPYTER
}
