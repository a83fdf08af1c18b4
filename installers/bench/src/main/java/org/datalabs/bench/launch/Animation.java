package org.datalabs.bench.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.datalabs.bench.measure.Scratch;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.NewVolume;
import org.datalabs.core.volume.VolumeId;
import org.jspecify.annotations.Nullable;

/** A small desktop datalab that moves all the time: an operator's manifest, and its program in a volume. */
public final class Animation {
    private static final DatalabId ID = new DatalabId("bench-animation");
    private static final String INSIDE = "/data/bench";
    private static final String MANIFEST = """
            apiVersion: datalabs/v1
            id: bench-animation
            name: Animation
            kind: desktop
            summary: Coloured rectangles that move 20 times a second.
            description: Shows that pictures come through.
            maintainer: {name: "Datalabs", url: "https://example.org/"}
            licence: Apache-2.0
            icon: {path: "M4 4h16v16H4z", tint: teal}
            domains: ["Astronomy"]
            resources:
              least: {cpu: 0.1, memory: 64 MB}
              most: {cpu: 1, memory: 1 GB}
              recommended: small
              presets:
                - {id: small, name: Small, cpu: 0.2, memory: 256 MB, note: One of many}
                - {id: whole, name: Whole, cpu: 1, memory: 512 MB, note: Nothing held back}
            versions:
              - name: "1"
                released: 2026-01-01
                local:
                  command: [/usr/bin/python3, /data/bench/animation.py]
                  needs: [{program: /usr/bin/python3, package: python3}]
            """;

    private final Path catalogue;
    private final Path files;
    private @Nullable VolumeId volume;

    public Animation(Scratch scratch) throws IOException {
        catalogue = scratch.folder("catalogue");
        Files.writeString(scratch.folder("catalogue/animation").resolve("datalab.yaml"), MANIFEST);
        files = scratch.folder("files");
        try (InputStream script = Objects.requireNonNull(Animation.class.getResourceAsStream("animation.py"))) {
            Files.copy(script, files.resolve("animation.py"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the backend's {@code --catalogue}. */
    public String catalogue() {
        return catalogue.toString();
    }

    /** Makes its program known to a datazone. */
    public void offer(DatazoneClient client) {
        volume = client.addVolume(new NewVolume("Bench", files.toString(), true, null, null))
                .id();
    }

    /** With a fifth of a core, so that there can be many. */
    public LaunchRequest small() {
        return request("small");
    }

    /** With a core of its own. */
    public LaunchRequest whole() {
        return request("whole");
    }

    private LaunchRequest request(String preset) {
        VolumeId offered = Objects.requireNonNull(volume, "offer it first");
        return new LaunchRequest(
                ID, null, null, preset, null, List.of(new Mount(offered, INSIDE, true)), Map.of(), null);
    }
}
