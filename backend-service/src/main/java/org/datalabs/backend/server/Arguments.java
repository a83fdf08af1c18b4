package org.datalabs.backend.server;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.datalabs.core.launch.Quota;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What the program was started with.
 *
 * @param config settings of a cluster's service, which say all the rest; or null
 * @param embedded whether it is a child process that ends with its parent
 * @param training whether it only practises and ends by itself
 * @param host address to listen on
 * @param port port to listen on, 0 for any free one
 * @param state folder of everything that it keeps; means nothing with {@code config}
 * @param catalogue the operator's manifests, or null
 * @param name name of the datazone
 * @param sessions sessions that a user may hold
 */
record Arguments(
        @Nullable Path config,
        boolean embedded,
        boolean training,
        String host,
        int port,
        Path state,
        @Nullable Path catalogue,
        String name,
        int sessions) {
    static final String USAGE = """
            usage: backend-service (--embedded | --listen HOST:PORT) --state DIR
                                   [--catalogue DIR] [--name NAME] [--quota N]
                   backend-service --config FILE
                   backend-service --train DIR

              --embedded          read the bearer token from standard input, serve the loopback
                                  address, end when standard input closes
              --listen HOST:PORT  address to serve; port 0 takes any free one
              --state DIR         where database, homes, logs and the token are kept
              --catalogue DIR     more datalabs, as DIR/<any name>/datalab.yaml
              --name NAME         name of the datazone, "This computer" unless given
              --quota N           datalabs that a user may run at once, 5 unless given
              --config FILE       serve a cluster as the settings in FILE say; no other option goes with it
              --train DIR         practise a start and a launch with DIR as state, then end; for making
                                  a class-data archive
            """;
    private static final String LOOPBACK = "127.0.0.1";
    private static final String USUAL_NAME = "This computer";
    private static final int LONGEST_NAME = 80;
    private static final int MOST_SESSIONS = 1000;
    private static final int HIGHEST_PORT = 65_535;

    /**
     * Reads the command line.
     *
     * @throws ProblemException when it cannot be understood
     */
    static Arguments parse(List<String> words) {
        boolean embedded = false;
        boolean training = false;
        String listen = null;
        Path config = null;
        Path state = null;
        Path catalogue = null;
        String name = USUAL_NAME;
        int sessions = Quota.DEFAULT_SESSIONS;
        Set<String> seen = new HashSet<>();
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String option = rest.remove();
            if (!seen.add(option)) {
                throw wrong(option + " is given twice.");
            }
            switch (option) {
                case "--embedded" -> embedded = true;
                case "--listen" -> listen = value(option, rest);
                case "--config" -> config = path(option, rest);
                case "--state" -> state = path(option, rest);
                case "--train" -> {
                    state = path(option, rest);
                    training = true;
                }
                case "--catalogue" -> catalogue = path(option, rest);
                case "--name" -> name = name(value(option, rest));
                case "--quota" -> sessions = number(option, value(option, rest), 1, MOST_SESSIONS);
                default -> throw wrong("There is no option " + option + ".");
            }
        }
        if (config != null) {
            if (seen.size() > 1) {
                throw wrong("--config stands alone: the settings say everything else.");
            }
            return new Arguments(config, false, false, LOOPBACK, 0, config, null, name, sessions);
        }
        if (state == null) {
            throw wrong("--state is missing.");
        }
        if (!embedded && !training && listen == null) {
            throw wrong("Either --embedded or --listen is needed.");
        }
        String address = listen == null ? LOOPBACK + ":0" : listen;
        int colon = address.lastIndexOf(':');
        if (colon < 1) {
            throw wrong("--listen needs HOST:PORT, such as 127.0.0.1:8080.");
        }
        String host = address.substring(0, colon).replaceAll("^\\[|]$", "");
        int port = number("--listen", address.substring(colon + 1), 0, HIGHEST_PORT);
        return new Arguments(null, embedded, training, host, port, state, catalogue, name, sessions);
    }

    private static String value(String option, Deque<String> rest) {
        String value = rest.poll();
        if (value == null || value.startsWith("--")) {
            throw wrong(option + " needs a value.");
        }
        return value;
    }

    private static Path path(String option, Deque<String> rest) {
        try {
            return Path.of(value(option, rest)).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw wrong(option + " needs a path.");
        }
    }

    private static String name(String text) {
        if (text.isBlank() || text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl)) {
            throw wrong("--name needs 1 to " + LONGEST_NAME + " characters in one line.");
        }
        return text.strip();
    }

    private static int number(String option, String text, int least, int most) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, like a number that is out of bounds
        }
        throw wrong(option + " needs a number from " + least + " to " + most + ".");
    }

    private static ProblemException wrong(String what) {
        return new ProblemException(
                Problem.of(ProblemCode.BAD_REQUEST, what, "Start it with --help to see its options."));
    }
}
