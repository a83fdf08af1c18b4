package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings.Placement;

/**
 * Keeps images on every machine that takes sessions, so that their first launch there does not wait for them: a daemon
 * set whose pods hold one container of each image, asleep. An image that has no shell is fetched just the same; its
 * container then fails, which costs a line in the cluster's notes now and then. Pure.
 */
final class ImageKeeper {
    private final KubernetesSettings settings;
    private final Names names;

    ImageKeeper(KubernetesSettings settings, Names names) {
        this.settings = settings;
        this.names = names;
    }

    String name() {
        return "images-" + settings.zone();
    }

    /**
     * The daemon set.
     *
     * @param images whole names of images, at least one
     */
    DaemonSet build(SortedSet<String> images) {
        Map<String, String> labels = names.zone(Names.ROLE_IMAGES);
        List<Container> containers = new ArrayList<>();
        for (String image : images) {
            containers.add(asleep("image-" + containers.size(), image));
        }
        PodDraft draft = new PodDraft();
        PodSecurity.restrict(draft);
        Placement everywhere = settings.presets().getOrDefault(KubernetesSettings.ALL, Placement.ANYWHERE);
        Placement gpu = settings.presets().getOrDefault(KubernetesSettings.GPU, Placement.ANYWHERE);
        PodPlacement.tolerate(draft, everywhere.tolerations());
        PodPlacement.tolerate(draft, gpu.tolerations());
        draft.spec()
                .withNodeSelector(everywhere.nodeSelector())
                .withTerminationGracePeriodSeconds(0L)
                .withImagePullSecrets(settings.pullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withContainers(containers);
        return new DaemonSetBuilder()
                .withNewMetadata()
                .withName(name())
                .withNamespace(settings.namespace())
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withSpec(draft.spec().build())
                .endTemplate()
                .endSpec()
                .build();
    }

    /** Images that a daemon set keeps. */
    static List<String> images(DaemonSet keeper) {
        return keeper.getSpec().getTemplate().getSpec().getContainers().stream()
                .map(Container::getImage)
                .sorted()
                .toList();
    }

    private static Container asleep(String name, String image) {
        return new ContainerBuilder()
                .withName(name)
                .withImage(image)
                .withImagePullPolicy("IfNotPresent")
                .withCommand("/bin/sh", "-c", "sleep 2147483647")
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("1m"), "memory", new Quantity("4Mi")))
                .withLimits(Map.of("cpu", new Quantity("10m"), "memory", new Quantity("16Mi")))
                .endResources()
                .withSecurityContext(PodSecurity.container(true))
                .build();
    }
}
