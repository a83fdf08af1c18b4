package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the API server about the sessions' namespace, each of which can be repeated. They block, at most for the
 * client's time limit, and throw {@link KubernetesClientException}, unless they say otherwise.
 */
final class ClusterCalls {
    private final KubernetesClient client;
    private final String namespace;

    ClusterCalls(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Makes an object; one of its name that exists already is as good. */
    <T extends HasMetadata> T ensure(T object) {
        while (true) {
            try {
                return client.resource(object).inNamespace(namespace).create();
            } catch (KubernetesClientException e) {
                if (!isThere(e)) {
                    throw e;
                }
            }
            T existing = client.resource(object).inNamespace(namespace).get();
            // Deleted between the two requests: then it can be made.
            if (existing != null) {
                return existing;
            }
        }
    }

    /** As {@link #ensure} for an object of which nothing more needs to be known: one request less when it exists. */
    void offer(HasMetadata object) {
        try {
            client.resource(object).inNamespace(namespace).create();
        } catch (KubernetesClientException e) {
            if (!isThere(e)) {
                throw e;
            }
        }
    }

    Optional<Pod> pod(String name) {
        return Optional.ofNullable(
                client.pods().inNamespace(namespace).withName(name).get());
    }

    Optional<Secret> secret(String name) {
        return Optional.ofNullable(
                client.secrets().inNamespace(namespace).withName(name).get());
    }

    /**
     * Sets a label of the secret, the service, the network policy and at last the pod of a name.
     *
     * @return the pod; empty when it is gone
     */
    Optional<Pod> label(String name, String label, String value) {
        String patch = "{\"metadata\":{\"labels\":{\"" + label + "\":\"" + value + "\"}}}";
        patch(client.secrets().inNamespace(namespace).withName(name), patch);
        patch(client.services().inNamespace(namespace).withName(name), patch);
        patch(client.network().v1().networkPolicies().inNamespace(namespace).withName(name), patch);
        return patch(client.pods().inNamespace(namespace).withName(name), patch);
    }

    private static <T> Optional<T> patch(Resource<T> resource, String patch) {
        try {
            return Optional.ofNullable(resource.patch(PatchContext.of(PatchType.JSON_MERGE), patch));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Deletes exactly the object of this uid; nothing happens when it is gone, or another has its name. */
    void delete(String kind, String name, String uid, @Nullable Long graceSeconds) {
        DeleteOptions options = new DeleteOptionsBuilder()
                .withApiVersion("v1")
                .withKind("DeleteOptions")
                .withGracePeriodSeconds(graceSeconds)
                .withPropagationPolicy("Background")
                .withNewPreconditions(null, uid)
                .build();
        try {
            client.raw("/api/v1/namespaces/" + namespace + "/" + kind + "/" + name, "DELETE", options);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    /** Names, labels and uids of secrets, without what they hold. */
    List<PartialObjectMetadata> secrets(Map<String, String> labels) {
        List<PartialObjectMetadata> found = client.secrets()
                .inNamespace(namespace)
                .withLabels(labels)
                .listAsPartialObjectMetadata()
                .getItems();
        // The server writes an empty list of this form as null.
        return found == null ? List.of() : found;
    }

    /** Makes a secret in the place of the one of its name, if there is one. */
    void put(Secret secret) {
        try {
            client.resource(secret).inNamespace(namespace).create();
        } catch (KubernetesClientException e) {
            if (!isThere(e)) {
                throw e;
            }
            deleteSecret(secret.getMetadata().getName());
            client.resource(secret).inNamespace(namespace).create();
        }
    }

    /** Deletes the secret of a name; nothing happens when there is none. */
    void deleteSecret(String name) {
        client.secrets().inNamespace(namespace).withName(name).delete();
    }

    Optional<DaemonSet> daemonSet(String name) {
        return Optional.ofNullable(
                client.apps().daemonSets().inNamespace(namespace).withName(name).get());
    }

    void deleteDaemonSet(String name) {
        client.apps().daemonSets().inNamespace(namespace).withName(name).delete();
    }

    /** Pods of all namespaces that have a machine and have not ended; at most some seconds old. */
    List<Pod> activePods(String labelSelector) {
        ListOptions options = new ListOptionsBuilder()
                .withLabelSelector(labelSelector)
                .withFieldSelector("spec.nodeName!=,status.phase!=Succeeded,status.phase!=Failed")
                // From the server's memory.
                .withResourceVersion("0")
                .build();
        return client.pods().inAnyNamespace().list(options).getItems();
    }

    /**
     * The text at a path of the API server, which may ask somebody else for it.
     *
     * @return fails also when there is no such path or no answer within {@code patience}; blocks nobody
     */
    CompletableFuture<String> text(String path, Duration patience) {
        HttpRequest request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl().toString().replaceFirst("/$", "") + path)
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .build();
        return client.getHttpClient().sendAsync(request, String.class).thenApply(answer -> {
            if (!answer.isSuccessful()) {
                throw new KubernetesClientException(answer.code() + " for " + path);
            }
            return answer.body();
        });
    }

    /** The text at a path of the API server; empty when there is none. */
    Optional<String> text(String path) {
        return Optional.ofNullable(client.raw(path));
    }

    private static boolean isThere(KubernetesClientException e) {
        Status status = e.getStatus();
        return e.getCode() == HttpURLConnection.HTTP_CONFLICT
                && status != null
                && "AlreadyExists".equals(status.getReason());
    }
}
