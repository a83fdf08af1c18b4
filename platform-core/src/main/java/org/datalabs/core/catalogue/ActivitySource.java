package org.datalabs.core.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Who tells whether a session is in use or at work, in the place of its traffic, of which an open page makes some by itself.
 * That it was opened, and requests that change something, count beside.
 */
public enum ActivitySource {
    /** A Jupyter server, by its REST interface: <code>api/kernels</code> and <code>api/terminals</code> below the base. */
    @JsonProperty("jupyter")
    JUPYTER
}
