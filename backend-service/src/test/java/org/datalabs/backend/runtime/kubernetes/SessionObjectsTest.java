package org.datalabs.backend.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import java.util.List;
import java.util.Map;
import org.datalabs.backend.runtime.RfbPassword;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings.AccessMode;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings.Egress;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings.Placement;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings.Toleration;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.VolumeId;
import org.junit.jupiter.api.Test;

class SessionObjectsTest {
    private static final VolumeId PLANCK = new VolumeId("planck");
    private static final Names NAMES = new Names("demo");

    @Test
    void obeysTheRestrictedProfile() {
        Pod pod = pod(Settings.plain());
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSpec().getEnableServiceLinks()).isFalse();
        assertThat(pod.getSpec().getHostNetwork()).isNull();
        assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isEqualTo(1000);
        assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType())
                .isEqualTo("RuntimeDefault");
        SecurityContext context = container(pod).getSecurityContext();
        assertThat(context.getAllowPrivilegeEscalation()).isFalse();
        assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(context.getReadOnlyRootFilesystem()).isTrue();
    }

    @Test
    void isNeverBroughtBack() {
        Pod pod = pod(Settings.plain());
        assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
        assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(10);
    }

    @Test
    void carriesNamesAndLabelsOfItsSession() {
        SessionSpec spec = Specs.probe("ada@example.org").spec();
        SessionObjects objects = new SessionObjects(Settings.plain(), NAMES);
        OwnerReference owner = objects.owner(spec.id(), "uid");
        Map<String, String> labels = Map.of(
                "app.kubernetes.io/managed-by", "datalabs",
                "app.kubernetes.io/part-of", "datalabs-sessions",
                "datalabs.org/session", spec.id().value(),
                "datalabs.org/owner", NAMES.owner(spec.owner()),
                "datalabs.org/datalab", "probe",
                "datalabs.org/version", "1.0_a",
                "datalabs.org/zone", "demo");
        for (var object : List.of(
                objects.pod(spec), objects.secret(spec), objects.service(spec, owner), objects.policy(spec, owner))) {
            assertThat(object.getMetadata().getName()).isEqualTo("session-" + spec.id());
            assertThat(object.getMetadata().getLabels()).containsAllEntriesOf(labels);
        }
        assertThat(objects.service(spec, owner).getMetadata().getOwnerReferences())
                .containsExactly(owner);
        assertThat(objects.owned(objects.pod(spec), owner).getMetadata().getOwnerReferences())
                .containsExactly(owner);
        assertThat(objects.home(spec).orElseThrow().getMetadata().getOwnerReferences())
                .isEmpty();
        assertThat(objects.home(spec).orElseThrow().getMetadata().getLabels())
                .doesNotContainKey("datalabs.org/session");
    }

    @Test
    void keepsUsersAndZonesApart() {
        assertThat(NAMES.owner(Specs.probe("ada").owner()))
                .hasSize(24)
                .isNotEqualTo(NAMES.owner(Specs.probe("Ada").owner()))
                .isNotEqualTo(new Names("other").owner(Specs.probe("ada").owner()));
    }

    @Test
    void hidesSecretsInTheSecret() {
        SessionSpec spec = Specs.probe("ada").desktop().spec("OPTION", "a$(HOME)b");
        SessionObjects objects = new SessionObjects(Settings.plain(), NAMES);
        assertThat(objects.secret(spec).getStringData())
                .containsEntry("token", spec.token())
                .containsEntry("rfb-password", RfbPassword.of(spec.token()));
        List<EnvVar> variables = container(objects.pod(spec)).getEnv();
        assertThat(variables).noneMatch(variable -> spec.token().equals(variable.getValue()));
        assertThat(variables)
                .filteredOn(variable -> variable.getValueFrom() != null)
                .extracting(EnvVar::getName)
                .containsExactly("DATALABS_TOKEN", "DATALABS_RFB_PASSWORD");
        assertThat(variables)
                .contains(new EnvVar("OPTION", "a$$(HOME)b", null), new EnvVar("HOME", "/home/user", null));
    }

    @Test
    void tellsAWebDatalabItsPath() {
        SessionSpec spec = Specs.probe("ada").spec();
        Container container = container(new SessionObjects(Settings.plain(), NAMES).pod(spec));
        assertThat(container.getEnv()).contains(new EnvVar("DATALABS_BASE_PATH", spec.basePath(), null));
        assertThat(container.getEnv()).extracting(EnvVar::getName).doesNotContain("DATALABS_RFB_PASSWORD");
        assertThat(container.getStartupProbe().getPeriodSeconds()).isEqualTo(1);
    }

    @Test
    void leavesADesktopUnprobed() {
        Container container = container(new SessionObjects(Settings.plain(), NAMES)
                .pod(Specs.probe("ada").desktop().spec()));
        assertThat(container.getStartupProbe()).isNull();
        assertThat(container.getReadinessProbe()).isNull();
    }

    @Test
    void limitsAllAndSetsAsideAShare() {
        SessionSpec spec = Specs.probe("ada")
                .with(new Resources(2000, 4 * Resources.GB, 1))
                .spec();
        Container container = container(new SessionObjects(Settings.share(0.25), NAMES).pod(spec));
        assertThat(NodeFacts.resources(container.getResources().getLimits()))
                .isEqualTo(new Resources(2000, 4 * Resources.GB, 1));
        assertThat(NodeFacts.resources(container.getResources().getRequests()))
                .isEqualTo(new Resources(500, 4 * Resources.GB, 1));
    }

    @Test
    void placesSessionsWithAGpuByTheirPreset() {
        KubernetesSettings settings = Settings.presets(Map.of(
                "all", new Placement(Map.of("pool", "sessions"), List.of()),
                "gpu",
                        new Placement(
                                Map.of("gpu", "yes"), List.of(new Toleration("nvidia.com/gpu", null, "NoSchedule")))));
        Pod plain = pod(settings);
        assertThat(plain.getSpec().getNodeSelector()).containsOnlyKeys("pool");
        assertThat(plain.getSpec().getTolerations()).isEmpty();
        Pod gpu = new SessionObjects(settings, NAMES)
                .pod(Specs.probe("ada")
                        .with(new Resources(1000, Resources.GB, 1))
                        .spec());
        assertThat(gpu.getSpec().getNodeSelector()).containsOnlyKeys("pool", "gpu");
        assertThat(gpu.getSpec().getTolerations())
                .singleElement()
                .satisfies(toleration -> assertThat(toleration.getOperator()).isEqualTo("Exists"));
    }

    @Test
    void givesATemporaryHomeThatGoesWithItsPodAndHoldsNobodyToAMachine() {
        KubernetesSettings settings = KubernetesSettings.of(
                "sessions", "demo", new KubernetesSettings.Home(null, "10 GB", AccessMode.READ_WRITE_ONCE, "512 MB"));
        SessionObjects objects = new SessionObjects(settings, NAMES);
        SessionSpec spec = Specs.probe("ada").temporaryHome().spec();
        Pod pod = objects.pod(spec);
        assertThat(pod.getSpec().getVolumes())
                .filteredOn(volume -> volume.getName().equals("home"))
                .singleElement()
                .satisfies(volume -> {
                    assertThat(volume.getPersistentVolumeClaim()).isNull();
                    assertThat(volume.getEmptyDir().getSizeLimit())
                            .isEqualTo(new Quantity(Long.toString(Resources.GB / 2)));
                });
        assertThat(objects.home(spec)).isEmpty();
        assertThat(pod.getSpec().getAffinity()).isNull();
        assertThat(Names.home(pod)).isEqualTo(Home.TEMPORARY);
        assertThat(Names.home(objects.pod(Specs.probe("ada").spec()))).isEqualTo(Home.PERSONAL);
    }

    @Test
    void keepsSessionsTogetherWhenTheirHomeIsOnOneMachine() {
        assertThat(pod(Settings.plain()).getSpec().getAffinity()).isNull();
        KubernetesSettings settings = KubernetesSettings.of(
                "sessions", "demo", new KubernetesSettings.Home(null, "10 GB", AccessMode.READ_WRITE_ONCE, null));
        SessionSpec spec = Specs.probe("ada").spec();
        SessionObjects objects = new SessionObjects(settings, NAMES);
        assertThat(objects.pod(spec)
                        .getSpec()
                        .getAffinity()
                        .getPodAffinity()
                        .getRequiredDuringSchedulingIgnoredDuringExecution())
                .singleElement()
                .satisfies(term -> assertThat(term.getLabelSelector().getMatchLabels())
                        .containsEntry("datalabs.org/owner", NAMES.owner(spec.owner())));
        assertThat(objects.home(spec).orElseThrow().getSpec().getAccessModes()).containsExactly("ReadWriteOnce");
        assertThat(objects.home(spec).orElseThrow().getSpec().getResources().getRequests())
                .containsEntry("storage", new Quantity(Long.toString(10 * Resources.GB)));
    }

    @Test
    void mountsEveryKindOfVolume() {
        assertThat(volume(new VolumeSource.Nfs("nfs.example.org", "/planck"), true)
                        .getNfs())
                .satisfies(nfs -> {
                    assertThat(nfs.getServer()).isEqualTo("nfs.example.org");
                    assertThat(nfs.getReadOnly()).isTrue();
                });
        assertThat(volume(new VolumeSource.Claim("team"), false)
                        .getPersistentVolumeClaim()
                        .getReadOnly())
                .isFalse();
        assertThat(volume(new VolumeSource.HostPath("/pfs/planck"), true)
                        .getHostPath()
                        .getType())
                .isEqualTo("Directory");
        assertThat(volume(new VolumeSource.Csi("cvmfs.example.org", Map.of("repository", "a")), true)
                        .getCsi()
                        .getVolumeAttributes())
                .containsEntry("repository", "a");
    }

    @Test
    void mountsVolumesWhereThePlanSays() {
        KubernetesSettings settings =
                Settings.allowingFolders().with(Map.of(PLANCK, new VolumeSource.HostPath("/pfs")));
        Container container = container(new SessionObjects(settings, NAMES)
                .pod(Specs.probe("ada")
                        .with(new Mount(PLANCK, "/data/cmb", true))
                        .spec()));
        assertThat(container.getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/tmp", "/run/datalab", "/dev/shm", "/home/user", "/data/cmb");
        assertThat(container.getVolumeMounts().get(4).getReadOnly()).isTrue();
        assertThat(container.getVolumeMounts().get(3).getReadOnly()).isFalse();
    }

    @Test
    void refusesVolumesItDoesNotKnow() {
        SessionSpec spec =
                Specs.probe("ada").with(new Mount(PLANCK, "/data/planck", true)).spec();
        assertThatThrownBy(() -> new SessionObjects(Settings.plain(), NAMES).pod(spec))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Volume planck cannot be mounted");
        assertThatThrownBy(() -> Settings.plain().with(Map.of(PLANCK, new VolumeSource.HostPath("/pfs"))))
                .hasMessageContaining("allowHostPath");
    }

    @Test
    void letsOnlyTheServiceIn() {
        NetworkPolicy policy = policy(Egress.OPEN);
        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        var ingress = policy.getSpec().getIngress().get(0);
        assertThat(ingress.getPorts())
                .singleElement()
                .satisfies(port -> assertThat(port.getPort().getIntVal()).isEqualTo(10_000));
        assertThat(ingress.getFrom()).singleElement().satisfies(peer -> {
            assertThat(peer.getNamespaceSelector().getMatchLabels())
                    .containsEntry("kubernetes.io/metadata.name", "datalabs");
            assertThat(peer.getPodSelector().getMatchLabels()).isNotEmpty();
        });
    }

    @Test
    void letsOutByTheSettings() {
        List<NetworkPolicyEgressRule> open = policy(Egress.OPEN).getSpec().getEgress();
        assertThat(open.get(1).getTo().get(0).getIpBlock().getExcept())
                .contains("10.0.0.0/8", "169.254.0.0/16", "192.168.0.0/16");
        assertThat(open.get(1).getTo().get(1).getIpBlock().getCidr()).isEqualTo("::/0");

        assertThat(policy(new Egress(Egress.Mode.NONE, List.of(), List.of()))
                        .getSpec()
                        .getEgress())
                .isEmpty();

        Egress some = new Egress(Egress.Mode.CIDRS, List.of("10.20.0.0/16"), List.of("10.20.7.0/24", "10.30.0.0/16"));
        List<NetworkPolicyEgressRule> only = policy(some).getSpec().getEgress();
        assertThat(only.get(0).getPorts()).hasSize(2);
        assertThat(only.get(1).getTo()).singleElement().satisfies(peer -> {
            assertThat(peer.getIpBlock().getCidr()).isEqualTo("10.20.0.0/16");
            assertThat(peer.getIpBlock().getExcept()).containsExactly("10.20.7.0/24");
        });
    }

    private static NetworkPolicy policy(Egress egress) {
        SessionSpec spec = Specs.probe("ada").spec();
        SessionObjects objects = new SessionObjects(Settings.egress(egress), NAMES);
        return objects.policy(spec, objects.owner(spec.id(), "uid"));
    }

    private static Volume volume(VolumeSource source, boolean readOnly) {
        KubernetesSettings settings = Settings.allowingFolders().with(Map.of(PLANCK, source));
        Pod pod = new SessionObjects(settings, NAMES)
                .pod(Specs.probe("ada")
                        .with(new Mount(PLANCK, "/data/planck", readOnly))
                        .spec());
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals("data-planck"))
                .findFirst()
                .orElseThrow();
    }

    private static Pod pod(KubernetesSettings settings) {
        return new SessionObjects(settings, NAMES).pod(Specs.probe("ada").spec());
    }

    private static Container container(Pod pod) {
        return pod.getSpec().getContainers().get(0);
    }
}
