package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;

/** A pod of one container in the making. */
record PodDraft(ObjectMetaBuilder meta, PodSpecBuilder spec, ContainerBuilder container) {

    PodDraft() {
        this(new ObjectMetaBuilder(), new PodSpecBuilder(), new ContainerBuilder());
    }

    Pod pod() {
        return new PodBuilder()
                .withMetadata(meta.build())
                .withSpec(spec.withContainers(container.build()).build())
                .build();
    }
}
