package org.datalabs.bench.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.datalabs.bench.measure.MeasurementException;

/**
 * A namespace of a cluster and a class of storage for one measurement. All that is not in the namespace carries a label, by
 * which it is found and taken away, at the end and before the next measurement of the same name.
 */
final class Ground implements AutoCloseable {
    static final String LABEL = "datalabs.org/bench";

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int SECONDS = 1000;

    private final KubernetesClient client;
    private final String name;
    private boolean closed;
    /** For a measurement that is broken off. */
    private final Thread hook = new Thread(this::clean, "end of a namespace");

    /** @param name of namespace, storage class and label */
    Ground(String name) {
        if (System.getenv("KUBECONFIG") == null) {
            throw new MeasurementException("This is measured on a cluster. Name it by KUBECONFIG.");
        }
        this.name = name;
        this.client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withRequestTimeout(60 * SECONDS)
                        .withHttp2Disable(true)
                        .build())
                .build();
        clean();
        Runtime.getRuntime().addShutdownHook(hook);
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels())
                        .endMetadata()
                        .build())
                .create();
        client.storage()
                .v1()
                .storageClasses()
                .resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels())
                        .endMetadata()
                        .withProvisioner("kubernetes.io/no-provisioner")
                        .withVolumeBindingMode("Immediate")
                        .build())
                .create();
        Until.holds(
                "the namespace is usable",
                PATIENCE,
                () -> client.serviceAccounts()
                                .inNamespace(name)
                                .withName("default")
                                .get()
                        != null);
    }

    KubernetesClient client() {
        return client;
    }

    String name() {
        return name;
    }

    Map<String, String> labels() {
        return Map.of(LABEL, name);
    }

    /** Offers so many volumes of 10 GB in folders of this machine, which is the cluster's. */
    void offerVolumes(int count, Path folder) throws IOException {
        Path above = folder;
        while (above != null && !above.equals(Path.of(System.getProperty("java.io.tmpdir")))) {
            Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwx--x--x"));
            above = above.getParent();
        }
        for (int number = 0; number < count; number++) {
            Path place = Files.createDirectory(folder.resolve("v" + number));
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        IntStream.range(0, count).parallel().forEach(number -> client.persistentVolumes()
                .resource(volume(number, folder.resolve("v" + number)))
                .create());
    }

    private PersistentVolume volume(int number, Path place) {
        return new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(name + "-" + number)
                .withLabels(labels())
                .endMetadata()
                .withNewSpec()
                .withStorageClassName(name)
                .withCapacity(Map.of("storage", new Quantity("10Gi")))
                .withAccessModes("ReadWriteOnce", "ReadWriteMany")
                .withPersistentVolumeReclaimPolicy("Retain")
                .withNewHostPath()
                .withPath(place.toString())
                .endHostPath()
                .endSpec()
                .build();
    }

    @Override
    public void close() {
        try {
            clean();
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The hook is at work.
        } finally {
            client.close();
        }
    }

    /** Pods of machines that are only simulated go by force: nobody else would ever say that they have ended. */
    private synchronized void clean() {
        if (closed) {
            return;
        }
        client.pods().inNamespace(name).withGracePeriod(0).delete();
        client.namespaces().withName(name).delete();
        client.nodes().withLabels(labels()).delete();
        client.leases()
                .inNamespace(SimulatedMachines.LEASES)
                .withLabels(labels())
                .delete();
        Until.holds("the namespace is gone", PATIENCE, () -> {
            if (client.namespaces().withName(name).get() == null) {
                return true;
            }
            List<String> left = client.pods().inNamespace(name).list().getItems().stream()
                    .map(pod -> pod.getMetadata().getName())
                    .toList();
            left.forEach(pod -> client.pods()
                    .inNamespace(name)
                    .withName(pod)
                    .withGracePeriod(0)
                    .delete());
            return false;
        });
        client.persistentVolumes().withLabels(labels()).delete();
        Until.holds("the volumes are gone", PATIENCE, () -> client.persistentVolumes()
                .withLabels(labels())
                .list()
                .getItems()
                .isEmpty());
        client.storage().v1().storageClasses().withLabels(labels()).delete();
    }
}
