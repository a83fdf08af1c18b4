package org.datalabs.core.client;

import org.datalabs.core.api.DatazoneEvent;

/**
 * Hears of a datazone's events. Called by one thread at a time, which belongs to the stream: an implementation hands
 * over and returns, and throws nothing.
 */
public interface EventListener {
    void onEvent(DatazoneEvent event);

    void onState(StreamState state);
}
