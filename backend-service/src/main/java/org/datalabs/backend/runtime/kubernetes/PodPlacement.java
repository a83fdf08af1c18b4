package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings.Placement;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings.Toleration;
import org.datalabs.core.catalogue.Home;

/** On which machines a session may run, and before which other pods. */
final class PodPlacement implements PodFeature {
    private static final String HOST = "kubernetes.io/hostname";

    private final KubernetesSettings settings;
    private final Names names;

    PodPlacement(KubernetesSettings settings, Names names) {
        this.settings = settings;
        this.names = names;
    }

    @Override
    public void shape(PodDraft draft, SessionSpec session) {
        Placement all = settings.presets().getOrDefault(KubernetesSettings.ALL, Placement.ANYWHERE);
        List<Placement> placements = session.plan().resources().gpus() > 0
                ? List.of(all, settings.presets().getOrDefault(KubernetesSettings.GPU, Placement.ANYWHERE))
                : List.of(all);
        Map<String, String> selector = new LinkedHashMap<>();
        for (Placement placement : placements) {
            selector.putAll(placement.nodeSelector());
            tolerate(draft, placement.tolerations());
        }
        if (!selector.isEmpty()) {
            draft.spec().withNodeSelector(selector);
        }
        draft.spec().withPriorityClassName(settings.priorityClass());
        if (!settings.home().shared() && session.plan().version().home() == Home.PERSONAL) {
            besideOwnSessions(draft, session);
        }
    }

    static void tolerate(PodDraft draft, List<Toleration> tolerations) {
        for (Toleration toleration : tolerations) {
            draft.spec()
                    .addToTolerations(new TolerationBuilder()
                            .withKey(toleration.key())
                            .withOperator(toleration.value() == null ? "Exists" : "Equal")
                            .withValue(toleration.value())
                            .withEffect(toleration.effect())
                            .build());
        }
    }

    /** A home that one machine can mount keeps its owner's sessions together. */
    private void besideOwnSessions(PodDraft draft, SessionSpec session) {
        Map<String, String> own = names.zone(Names.ROLE_SESSION);
        own.put(Names.OWNER, names.owner(session.owner()));
        draft.spec()
                .withNewAffinity()
                .withNewPodAffinity()
                .withRequiredDuringSchedulingIgnoredDuringExecution(new PodAffinityTermBuilder()
                        .withLabelSelector(new LabelSelectorBuilder()
                                .withMatchLabels(own)
                                .addNewMatchExpression()
                                .withKey(Names.HOME)
                                .withOperator("DoesNotExist")
                                .endMatchExpression()
                                .build())
                        .withTopologyKey(HOST)
                        .build())
                .endPodAffinity()
                .endAffinity();
    }
}
