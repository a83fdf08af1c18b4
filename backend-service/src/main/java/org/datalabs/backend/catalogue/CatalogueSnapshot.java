package org.datalabs.backend.catalogue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.datalabs.core.catalogue.Availability;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.ManifestProblem;
import org.datalabs.core.catalogue.ManifestReader;
import org.datalabs.core.catalogue.ManifestResult;

/**
 * The catalogue at one moment.
 *
 * @param revision differs between catalogues that differ
 * @param datalabs ordered by id
 * @param availability whether the current version of each can run here
 * @param problems manifests that could not be read
 */
record CatalogueSnapshot(
        String revision,
        NavigableMap<DatalabId, Datalab> datalabs,
        Map<DatalabId, Availability> availability,
        List<ManifestProblem> problems) {
    private static final int REVISION_CHARACTERS = 16;

    CatalogueSnapshot {
        datalabs = Collections.unmodifiableNavigableMap(datalabs);
        availability = Map.copyOf(availability);
        problems = List.copyOf(problems);
    }

    /** Reads manifests; those of {@code own} replace built-in ones of the same id. */
    static Parsed parse(ManifestSource.Reading builtIn, ManifestSource.Reading own) {
        NavigableMap<DatalabId, Datalab> datalabs = new TreeMap<>();
        List<ManifestProblem> problems = new ArrayList<>();
        datalabs.putAll(read(builtIn.texts(), problems));
        problems.addAll(own.problems());
        datalabs.putAll(read(own.texts(), problems));
        StringBuilder all = new StringBuilder();
        for (ManifestSource.Reading reading : List.of(builtIn, own)) {
            reading.texts().forEach(text -> all.append(text.file()).append('\n').append(text.text()));
        }
        problems.forEach(problem -> all.append(problem.text()));
        return new Parsed(datalabs, problems, all.toString());
    }

    private static Map<DatalabId, Datalab> read(List<ManifestSource.Text> texts, List<ManifestProblem> problems) {
        ManifestReader reader = new ManifestReader();
        Map<DatalabId, Datalab> datalabs = new TreeMap<>();
        for (ManifestSource.Text text : texts) {
            ManifestResult result = reader.read(text.file(), text.text());
            if (result instanceof ManifestResult.Bad bad) {
                problems.addAll(bad.problems());
            } else if (result instanceof ManifestResult.Good good) {
                Datalab earlier = datalabs.putIfAbsent(good.datalab().id(), good.datalab());
                if (earlier != null) {
                    problems.add(new ManifestProblem(
                            text.file(),
                            1,
                            1,
                            "id",
                            "Another manifest has the id " + earlier.id() + " already.",
                            "Give each datalab an id of its own."));
                }
            }
        }
        return datalabs;
    }

    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, REVISION_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is always there", e);
        }
    }

    /**
     * Manifests that were read.
     *
     * @param content all their text
     */
    record Parsed(NavigableMap<DatalabId, Datalab> datalabs, List<ManifestProblem> problems, String content) {
        CatalogueSnapshot with(Map<DatalabId, Availability> availability) {
            String revision = digest(content + new TreeMap<>(availability));
            return new CatalogueSnapshot(revision, datalabs, availability, problems);
        }
    }
}
