package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.Objects;

/** A namespace of its own on the cluster that {@code KUBECONFIG} names, and everything in it, for one test class. */
public final class TestCluster implements AutoCloseable {
    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final String namespace;

    /** @param name part of the name of the namespace */
    public TestCluster(String name) {
        namespace = "dl-" + name + "-" + Long.toString(System.nanoTime() & 0xffffff, 36);
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        Until.seen(
                () -> client.serviceAccounts()
                        .inNamespace(namespace)
                        .withName("default")
                        .get(),
                Objects::nonNull);
    }

    public String namespace() {
        return namespace;
    }

    public KubernetesClient client() {
        return client;
    }

    KubernetesSettings settings() {
        return KubernetesSettings.of(namespace, "test", Specs.HOME);
    }

    /** Deletes it, and offers the volumes that it had anew: those that are kept are not handed out twice. */
    @Override
    public void close() {
        client.pods().inNamespace(namespace).withGracePeriod(0).delete();
        client.namespaces().withName(namespace).delete();
        Until.seen(() -> client.namespaces().withName(namespace).get(), Objects::isNull);
        for (PersistentVolume volume : volumes()) {
            client.persistentVolumes().withName(volume.getMetadata().getName()).delete();
            Until.seen(
                    () -> client.persistentVolumes()
                            .withName(volume.getMetadata().getName())
                            .get(),
                    Objects::isNull);
            volume.getMetadata().setResourceVersion(null);
            volume.getMetadata().setUid(null);
            volume.getSpec().setClaimRef(null);
            volume.setStatus(null);
            client.persistentVolumes().resource(volume).create();
        }
        client.close();
    }

    private List<PersistentVolume> volumes() {
        return client.persistentVolumes().list().getItems().stream()
                .filter(volume -> volume.getSpec().getClaimRef() != null
                        && namespace.equals(volume.getSpec().getClaimRef().getNamespace()))
                .toList();
    }
}
