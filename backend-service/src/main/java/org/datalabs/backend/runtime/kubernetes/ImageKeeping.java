package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the images that are kept in line with the catalogue and the settings. Asks the API server. */
final class ImageKeeping {
    private static final Logger LOG = LoggerFactory.getLogger(ImageKeeping.class);

    private final KubernetesSettings settings;
    private final ImageKeeper keeper;
    private final ClusterCalls calls;

    ImageKeeping(KubernetesSettings settings, ImageKeeper keeper, ClusterCalls calls) {
        this.settings = settings;
        this.keeper = keeper;
        this.calls = calls;
    }

    void keep(Function<DatalabId, Optional<Version>> catalogue) {
        try {
            SortedSet<String> wanted = wanted(catalogue);
            Optional<DaemonSet> kept = calls.daemonSet(keeper.name());
            boolean same = kept.map(ImageKeeper::images).orElseGet(List::of).equals(List.copyOf(wanted));
            if (same) {
                return;
            }
            // The template of a new set may differ in more than its images, so it is made anew.
            calls.deleteDaemonSet(keeper.name());
            if (!wanted.isEmpty()) {
                calls.ensure(keeper.build(wanted));
                LOG.info("{} images are kept on every machine", wanted.size());
            }
        } catch (KubernetesClientException e) {
            LOG.warn("images cannot be kept on the machines; will try again: {}", e.toString());
        }
    }

    private SortedSet<String> wanted(Function<DatalabId, Optional<Version>> catalogue) {
        SortedSet<String> images = new TreeSet<>();
        for (DatalabId id : settings.prePull()) {
            String image = catalogue.apply(id).map(Version::image).orElse(null);
            if (image == null) {
                LOG.debug("datalab {} has no image to keep", id);
            } else {
                images.add(SessionPod.image(settings, image));
            }
        }
        return images;
    }
}
