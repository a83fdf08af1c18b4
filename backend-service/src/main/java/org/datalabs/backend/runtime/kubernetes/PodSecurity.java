package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import org.datalabs.backend.runtime.SessionSpec;

/** The restricted pod-security profile, and nothing of the cluster's to see from inside. */
final class PodSecurity implements PodFeature {
    static final long USER = 1000;

    private final KubernetesSettings settings;

    PodSecurity(KubernetesSettings settings) {
        this.settings = settings;
    }

    @Override
    public void shape(PodDraft draft, SessionSpec session) {
        restrict(draft);
        draft.container()
                .withSecurityContext(container(
                        !settings.writableRoot().contains(session.plan().datalab())));
    }

    /** What goes for a whole pod. */
    static void restrict(PodDraft draft) {
        draft.spec()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                // A home of a million files is not walked at every start.
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext();
    }

    /** What goes for a container. */
    static SecurityContext container(boolean readOnlyRoot) {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withPrivileged(false)
                .withReadOnlyRootFilesystem(readOnlyRoot)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }
}
