package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.datalabs.backend.runtime.RfbPassword;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.session.SessionId;

/**
 * Everything on the cluster that belongs to a session, one function for each kind. Pure.
 *
 * <p>The secret comes first and goes last, and owns the others (Kubernetes' owner references): whatever a crash leaves
 * behind hangs on it, is found by it, and is collected with it by the cluster itself. Since owners are known by uid, a
 * late repetition of an old start cannot join a newer session's objects.
 */
final class SessionObjects {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final KubernetesSettings settings;
    private final Names names;
    private final SessionPod pod;
    private final EgressRules egress;

    SessionObjects(KubernetesSettings settings, Names names) {
        this.settings = settings;
        this.names = names;
        this.pod = new SessionPod(settings, names);
        this.egress = new EgressRules(settings.egress());
    }

    /** Without an owner. */
    Pod pod(SessionSpec session) {
        return pod.build(session);
    }

    Pod owned(Pod unowned, OwnerReference owner) {
        return new PodBuilder(unowned)
                .editMetadata()
                .withOwnerReferences(owner)
                .endMetadata()
                .build();
    }

    /** What only the session itself and the data plane know. */
    Secret secret(SessionSpec session) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(SessionPod.TOKEN_KEY, session.token());
        if (session.plan().kind() == Kind.DESKTOP) {
            data.put(SessionPod.RFB_PASSWORD_KEY, RfbPassword.of(session.token()));
        }
        return new SecretBuilder()
                .withMetadata(meta(session).build())
                .withType("Opaque")
                .withStringData(data)
                .build();
    }

    /** The owner of everything else. */
    OwnerReference owner(SessionId session, String secretUid) {
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Secret")
                .withName(names.session(session))
                .withUid(secretUid)
                .build();
    }

    /** Headless: a name for the pod, for tools and meshes; the data plane takes the pod's own address. */
    Service service(SessionSpec session, OwnerReference owner) {
        int port = session.plan().version().port();
        return new ServiceBuilder()
                .withMetadata(meta(session).withOwnerReferences(owner).build())
                .withNewSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .addToSelector(selector(session))
                .addNewPort()
                .withName(session.plan().kind() == Kind.WEB ? "http" : "rfb")
                .withPort(port)
                .withTargetPort(new IntOrString(port))
                .withProtocol("TCP")
                .endPort()
                .endSpec()
                .build();
    }

    /** In: only the service's own pods, and only to the datalab's port. Out: by {@link EgressRules}. */
    NetworkPolicy policy(SessionSpec session, OwnerReference owner) {
        KubernetesSettings.Backend backend = settings.backend();
        return new NetworkPolicyBuilder()
                .withMetadata(meta(session).withOwnerReferences(owner).build())
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(selector(session))
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .addNewIngress()
                .addNewFrom()
                .withNewNamespaceSelector()
                .addToMatchLabels(Names.NAMESPACE_NAME, backend.namespace())
                .endNamespaceSelector()
                .withNewPodSelector()
                .withMatchLabels(backend.labels())
                .endPodSelector()
                .endFrom()
                .addNewPort()
                .withProtocol("TCP")
                .withPort(new IntOrString(session.plan().version().port()))
                .endPort()
                .endIngress()
                .withEgress(egress.rules())
                .endSpec()
                .build();
    }

    /** The owner's home, unless the session has one of its own. Belongs to no session and outlives all. */
    Optional<PersistentVolumeClaim> home(SessionSpec session) {
        if (session.plan().version().home() == Home.TEMPORARY) {
            return Optional.empty();
        }
        KubernetesSettings.Home home = settings.home();
        KubernetesSettings.AccessMode mode = home.shared()
                ? KubernetesSettings.AccessMode.READ_WRITE_MANY
                : KubernetesSettings.AccessMode.READ_WRITE_ONCE;
        return Optional.of(new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(names.home(session.owner()))
                .withNamespace(settings.namespace())
                .withLabels(names.home(session))
                .endMetadata()
                .withNewSpec()
                .withStorageClassName(home.storageClass())
                .withAccessModes(mode.word())
                .withNewResources()
                .addToRequests("storage", new Quantity(Long.toString(home.bytes())))
                .endResources()
                .endSpec()
                .build());
    }

    /** The end of a session's log. Belongs to no pod and outlives the session, until it is forgotten. */
    Secret log(SessionId session, String packed) {
        Map<String, String> labels = names.zone(Names.ROLE_LOG);
        labels.put(Names.SESSION, session.value());
        return new SecretBuilder()
                .withNewMetadata()
                .withName(names.log(session))
                .withNamespace(settings.namespace())
                .withLabels(labels)
                .endMetadata()
                .withType("Opaque")
                .withData(Map.of(KeptLog.KEY, packed))
                .build();
    }

    /** A line of the platform's own about a session's pod. */
    Event note(Pod pod, String text, Instant now) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        return new EventBuilder()
                .withNewMetadata()
                .withName(pod.getMetadata().getName() + "." + Long.toHexString(micros))
                .withNamespace(settings.namespace())
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(pod.getMetadata().getName())
                .withNamespace(settings.namespace())
                .withUid(pod.getMetadata().getUid())
                .endInvolvedObject()
                .withType("Normal")
                .withReason(PodEvent.NOTE)
                .withAction("Note")
                .withMessage(text)
                .withEventTime(new MicroTime(MICROS.format(now)))
                .withReportingComponent("datalabs.org/backend")
                .withReportingInstance(names.session(Names.session(pod).orElseThrow()))
                .build();
    }

    private ObjectMetaBuilder meta(SessionSpec session) {
        ObjectMeta meta = new ObjectMetaBuilder()
                .withName(names.session(session.id()))
                .withNamespace(settings.namespace())
                .withLabels(names.session(session))
                .build();
        return new ObjectMetaBuilder(meta);
    }

    private static Map<String, String> selector(SessionSpec session) {
        return Map.of(Names.SESSION, session.id().value());
    }
}
