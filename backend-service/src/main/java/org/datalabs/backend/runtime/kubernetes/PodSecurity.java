package org.datalabs.backend.runtime.kubernetes;

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
        draft.container()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withPrivileged(false)
                .withReadOnlyRootFilesystem(
                        !settings.writableRoot().contains(session.plan().datalab()))
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext();
    }
}
