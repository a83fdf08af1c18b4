package org.datalabs.backend.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings.Egress;
import org.datalabs.core.volume.VolumeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesSettingsTest {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final String LEAST = "{namespace: sessions, zone: demo, home: {size: 10 GB}";

    @Test
    void needsLittle() throws JsonProcessingException {
        KubernetesSettings settings = YAML.readValue(LEAST + "}", KubernetesSettings.class);
        assertThat(settings.egress().mode()).isEqualTo(Egress.Mode.OPEN);
        assertThat(settings.allowHostPath()).isFalse();
        assertThat(settings.cpuShare()).isEqualTo(1);
        assertThat(settings.home().bytes()).isEqualTo(10L << 30);
        assertThat(settings.home().shared()).isTrue();
        assertThat(settings.backend().namespace()).isEqualTo("datalabs");
    }

    @Test
    void readsVolumes() throws JsonProcessingException {
        KubernetesSettings settings = YAML.readValue(
                LEAST
                        + ", allowHostPath: true, volumes: {a: {nfs: {server: s, path: /p}}, b: {claim: c},"
                        + " c: {hostPath: /d}, d: {csi: {driver: e}}}}",
                KubernetesSettings.class);
        assertThat(settings.volumes())
                .containsEntry(new VolumeId("a"), new VolumeSource.Nfs("s", "/p"))
                .containsEntry(new VolumeId("b"), new VolumeSource.Claim("c"))
                .containsEntry(new VolumeId("c"), new VolumeSource.HostPath("/d"))
                .containsEntry(new VolumeId("d"), new VolumeSource.Csi("e", java.util.Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zone: Demo Zone | kubernetes.zone",
                "home: {size: much} | kubernetes.home.size",
                "cpuRequestShare: 0 | kubernetes.cpuRequestShare",
                "cpuRequestShare: 1.5 | kubernetes.cpuRequestShare",
                "egress: {mode: cidrs} | kubernetes.egress",
                "egress: {cidrs: [example.org/8]} | kubernetes.egress.cidrs",
                "egress: {cidrs: [10.0.0.0/33]} | kubernetes.egress.cidrs",
                "egress: {cidrs: [169.254.169.254/32]} | kubernetes.egress.cidrs",
                "presets: {large: {}} | kubernetes.presets",
                "pullSecrets: [Not A Name] | kubernetes.pullSecrets",
                "volumes: {a: {hostPath: /d}} | allowHostPath",
                "volumes: {a: {nfs: {server: s, path: d}}} | absolute path"
            })
    void saysWhatIsWrong(String field, String words) {
        String yaml = "{" + field + (field.startsWith("zone") ? "" : ", zone: demo") + ", namespace: sessions"
                + (field.startsWith("home") ? "}" : ", home: {size: 10 GB}}");
        assertThatThrownBy(() -> YAML.readValue(yaml, KubernetesSettings.class)).hasMessageContaining(words);
    }
}
