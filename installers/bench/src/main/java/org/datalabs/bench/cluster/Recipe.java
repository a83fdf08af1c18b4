package org.datalabs.bench.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.datalabs.core.session.SessionId;

/**
 * The objects that the service makes for a session, in the order in which it makes them, as anybody could write them by
 * hand: as they stand on the cluster, without what the cluster itself has added about them. They say that they are of no
 * zone of the service, and have a home of their own.
 */
final class Recipe {
    private final KubernetesSerialization form;
    private final String session;
    private final List<String> documents;

    private Recipe(KubernetesSerialization form, String session, List<String> documents) {
        this.form = form;
        this.session = session;
        this.documents = documents;
    }

    /** Reads those of a session that runs. */
    static Recipe of(Ground ground, SessionId session) {
        KubernetesClient client = ground.client();
        String namespace = ground.name();
        String name = "session-" + session.value();
        List<HasMetadata> objects = new ArrayList<>();
        Pod pod = client.pods().inNamespace(namespace).withName(name).require();
        String home = pod.getSpec().getVolumes().stream()
                .map(Volume::getPersistentVolumeClaim)
                .filter(Objects::nonNull)
                .map(PersistentVolumeClaimVolumeSource::getClaimName)
                .findFirst()
                .orElseThrow();
        PersistentVolumeClaim claim = client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(home)
                .require();
        claim.getSpec().setVolumeName(null);
        claim.setStatus(null);
        objects.add(claim);
        Secret secret = client.secrets().inNamespace(namespace).withName(name).require();
        objects.add(secret);
        objects.add(client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withName(name)
                .require());
        Service service =
                client.services().inNamespace(namespace).withName(name).require();
        service.setStatus(null);
        objects.add(service);
        pod.getSpec().setNodeName(null);
        pod.setStatus(null);
        objects.add(pod);
        objects.forEach(object -> plain(object.getMetadata()));
        KubernetesSerialization form = client.getKubernetesSerialization();
        return new Recipe(
                form,
                session.value(),
                objects.stream()
                        .map(form::asYaml)
                        .map(document -> document.replace(home, "home-by-hand"))
                        .toList());
    }

    private static void plain(ObjectMeta meta) {
        meta.setUid(null);
        meta.setResourceVersion(null);
        meta.setCreationTimestamp(null);
        meta.setGeneration(null);
        meta.setSelfLink(null);
        meta.setManagedFields(List.of());
        meta.setOwnerReferences(List.of());
        meta.setFinalizers(List.of());
        // The service ends whatever of its own zone belongs to no session of its own.
        meta.getLabels().put("datalabs.org/zone", "by-hand");
        if (meta.getAnnotations() != null) {
            meta.getAnnotations().keySet().removeIf(key -> key.startsWith("pv.kubernetes.io/"));
        }
    }

    /** The same for another session. */
    String yaml(SessionId other) {
        return documents.stream()
                .map(document -> document.replace(session, other.value()))
                .collect(Collectors.joining("---\n"));
    }

    /** As {@link #yaml}, for a client. */
    List<HasMetadata> objects(SessionId other) {
        List<HasMetadata> all = new ArrayList<>();
        for (String document : documents) {
            HasMetadata object = form.unmarshal(document.replace(session, other.value()));
            all.add(object);
        }
        return all;
    }
}
