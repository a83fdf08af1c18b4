package org.datalabs.backend.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The manifests that the program brings along, as {@code catalogue/<id>/datalab.yaml} in its jar or class folder. */
final class ClassPathManifests implements ManifestSource {
    private static final String ROOT = "catalogue";
    private static final String NAME = "datalab.yaml";

    @Override
    public String fingerprint() {
        return "built-in";
    }

    @Override
    public Reading read() throws IOException {
        URL root = ClassPathManifests.class.getResource("/" + ROOT);
        if (root == null) {
            return Reading.NOTHING;
        }
        URLConnection connection = root.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return new Reading(fromJar(jar.getJarFile()), List.of());
        }
        try {
            return DirectoryManifests.readBelow(Path.of(root.toURI()), ROOT + "/");
        } catch (URISyntaxException e) {
            throw new IOException("the class path holds a folder that is none", e);
        }
    }

    private static List<Text> fromJar(JarFile jar) throws IOException {
        List<Text> manifests = new ArrayList<>();
        try (Stream<JarEntry> entries = jar.stream()) {
            for (JarEntry entry : entries.filter(ClassPathManifests::isManifest).toList()) {
                try (InputStream stream = jar.getInputStream(entry)) {
                    manifests.add(new Text(entry.getName(), new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
        }
        return manifests;
    }

    private static boolean isManifest(JarEntry entry) {
        return entry.getName().startsWith(ROOT + "/") && entry.getName().endsWith("/" + NAME);
    }
}
