package org.datalabs.core.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * An entry of the catalogue.
 *
 * @param id identity, stable over all versions
 * @param name the name to show
 * @param kind how it is shown
 * @param summary one sentence of at most 200 characters
 * @param description what it is and does, Markdown (CommonMark)
 * @param maintainer who keeps it
 * @param licence SPDX expression of its software, or plain words
 * @param icon its drawing
 * @param domains fields of science, such as {@code Astronomy}
 * @param missions missions whose data it serves
 * @param instruments instruments it knows
 * @param themes what it is for, such as {@code Catalogues} or {@code Imaging}
 * @param keywords further words to find it by
 * @param links pages about it
 * @param versions newest first, at least one
 * @param presets named choices of resources, smallest first, at least one
 * @param recommendedPreset id of the preset to start from, one of {@code presets}
 * @param limits what a launch may ask for
 * @param volumes data volumes it wants
 * @param options settings the user may change
 */
public record Datalab(
        DatalabId id,
        String name,
        Kind kind,
        String summary,
        String description,
        Maintainer maintainer,
        String licence,
        Icon icon,
        List<String> domains,
        List<String> missions,
        List<String> instruments,
        List<String> themes,
        List<String> keywords,
        List<Link> links,
        List<Version> versions,
        List<ResourcePreset> presets,
        String recommendedPreset,
        ResourceLimits limits,
        List<DeclaredVolume> volumes,
        List<ConfigurationOption> options) {
    public Datalab {
        domains = List.copyOf(domains);
        missions = List.copyOf(missions);
        instruments = List.copyOf(instruments);
        themes = List.copyOf(themes);
        keywords = List.copyOf(keywords);
        links = List.copyOf(links);
        versions = List.copyOf(versions);
        presets = List.copyOf(presets);
        volumes = List.copyOf(volumes);
        options = List.copyOf(options);
        if (versions.isEmpty() || presets.isEmpty()) {
            throw new IllegalArgumentException("a datalab has at least one version and one preset");
        }
    }

    /** The newest version that is not deprecated, else the newest. */
    public Version currentVersion() {
        return versions.stream()
                .filter(version -> !version.deprecated())
                .findFirst()
                .orElse(versions.get(0));
    }

    public Optional<Version> version(String versionName) {
        return versions.stream()
                .filter(version -> version.name().equals(versionName))
                .findFirst();
    }

    public Optional<ResourcePreset> preset(String presetId) {
        return presets.stream().filter(preset -> preset.id().equals(presetId)).findFirst();
    }
}
