package org.datalabs.tour;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes the tour: {@code Main DIR} saves a picture of every step in {@code DIR} and exits 0 when all was as it should be. */
public final class Main {
    private static final int BAD_USAGE = 2;

    private Main() {}

    public static void main(String[] words) throws IOException {
        if (words.length != 1) {
            System.err.println("usage: Main DIR");
            System.exit(BAD_USAGE);
        }
        Path pictures = Files.createDirectories(Path.of(words[0]).toAbsolutePath());
        Path state = Files.createTempDirectory("dl");
        int status = 1;
        try {
            status = take(pictures, state, System.out);
        } finally {
            System.exit(status);
        }
    }

    private static int take(Path pictures, Path state, PrintStream out) throws IOException {
        try {
            new Tour(pictures, state, out).take();
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
