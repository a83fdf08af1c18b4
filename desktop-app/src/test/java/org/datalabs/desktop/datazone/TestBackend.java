package org.datalabs.desktop.datazone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that keeps the promises of the embedded service: token on standard input, one line on standard output, an end
 * when standard input closes. The first argument tells how it behaves.
 */
final class TestBackend {
    private TestBackend() {}

    /** The command that starts this program with {@code manner} in a JVM of its own. */
    static EmbeddedCommand command(String manner) {
        return new EmbeddedCommand(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TestBackend.class.getName(),
                manner));
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        String token = input.readLine();
        Path state = Path.of(arguments[arguments.length - 1]);
        Files.writeString(
                state.resolve("test-backend.pid"), "" + ProcessHandle.current().pid());
        switch (arguments[0]) {
            case "serves" -> {
                System.err.println("serving");
                System.out.println("a word of the JVM that is not ours");
                TestDatazoneServer server = new TestDatazoneServer(token).start();
                System.out.println("{\"ready\":true,\"port\":" + server.port() + "}");
                waitForEnd(input);
            }
            case "refuses" -> {
                System.out.println("{\"problem\":{\"code\":\"ALREADY_RUNNING\",\"what\":\"It runs already.\","
                        + "\"remedy\":\"Close the other one.\"}}");
                System.exit(3);
            }
            case "fails" -> {
                System.err.println("no good");
                System.exit(4);
            }
            case "babbles" -> {
                System.out.println("{\"ready\":\"perhaps\"}");
                waitForEnd(input);
            }
            default -> waitForEnd(input);
        }
        System.exit(0);
    }

    private static void waitForEnd(BufferedReader input) throws IOException {
        while (input.readLine() != null) {
            System.err.println("a second line was not expected");
        }
    }
}
