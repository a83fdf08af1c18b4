package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import org.jspecify.annotations.Nullable;

/** A selection of objects as the client offers it. */
record Selected<T extends HasMetadata>(
        FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> objects,
        @Nullable String fields) implements Watched.Selection<T> {

    Selected(FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> objects) {
        this(objects, null);
    }

    @Override
    public KubernetesResourceList<T> list(ListOptions options) {
        return objects.list(selecting(options));
    }

    @Override
    public Watch watch(ListOptions options, Watcher<T> watcher) {
        return objects.watch(selecting(options), watcher);
    }

    private ListOptions selecting(ListOptions options) {
        return fields == null
                ? options
                : new ListOptionsBuilder(options).withFieldSelector(fields).build();
    }
}
