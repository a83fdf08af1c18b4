package org.datalabs.tour;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Takes the tour and exits 0 when all was as it should be: {@code Main DIR} that of "This computer", {@code Main DIR URL}
 * that of a datazone on the cluster of KUBECONFIG. Saves a picture of every step in {@code DIR}.
 */
public final class Main {
    private static final int BAD_USAGE = 2;
    private static final String USUAL_NAMESPACE = "datalabs-sessions";

    private Main() {}

    public static void main(String[] words) throws IOException {
        if (words.length < 1 || words.length > 2) {
            System.err.println("usage: Main DIR [URL]");
            System.exit(BAD_USAGE);
        }
        Path pictures = Files.createDirectories(Path.of(words[0]).toAbsolutePath());
        Optional<URI> datazone = words.length == 2 ? Optional.of(URI.create(words[1])) : Optional.empty();
        Path state = Files.createTempDirectory("dl");
        int status = 1;
        try {
            status = take(datazone, pictures, state, System.out);
        } finally {
            System.exit(status);
        }
    }

    private static int take(Optional<URI> datazone, Path pictures, Path state, PrintStream out) throws IOException {
        try {
            if (datazone.isPresent()) {
                String namespace = System.getenv().getOrDefault("DATALABS_SESSIONS", USUAL_NAMESPACE);
                new ClusterTour(datazone.get(), namespace, pictures, state, out).take();
            } else {
                new Tour(pictures, state, out).take();
            }
            Folders.delete(state);
            return 0;
        } catch (RuntimeException failure) {
            System.err.println("Tour: " + failure.getMessage() + ". What the app kept is in " + state + ".");
            failure.printStackTrace();
            new Pictures(Files.createDirectories(pictures.resolve("failure"))).take("as-it-was");
            return 1;
        }
    }
}
