package org.datalabs.tour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.datalabs.core.session.SessionId;

/** The namespace of a cluster's sessions, seen with {@code kubectl} by whoever KUBECONFIG names. */
final class Cluster implements Place {
    private static final String OF_SESSIONS = "datalabs.org/session";

    private final String namespace;

    Cluster(String namespace) {
        this.namespace = namespace;
    }

    @Override
    public List<SessionId> running() {
        return lines(kubectl(
                        "get",
                        "pods",
                        "-l",
                        OF_SESSIONS,
                        "-o",
                        "jsonpath={range .items[*]}{.metadata.labels.datalabs\\.org/session}{\"\\n\"}{end}"))
                .stream()
                .filter(SessionId::isValid)
                .map(SessionId::new)
                .distinct()
                .toList();
    }

    /** Objects; homes are no session's and stay, and so do the logs of those that have ended, until they are forgotten. */
    @Override
    public List<String> ofSessions() {
        return lines(kubectl(
                        "get", "pods,services,secrets,configmaps,networkpolicies", "-l", OF_SESSIONS, "-o", "name"))
                .stream()
                .filter(object -> !object.startsWith("secret/log-"))
                .toList();
    }

    @Override
    public Optional<Display> display(SessionId session) {
        return running().contains(session) ? Optional.of(new Display(inside(session))) : Optional.empty();
    }

    /** Contents of the notebooks in the session's home, one after the other. */
    List<String> notebooks(SessionId session) {
        List<String> command = new ArrayList<>(inside(session));
        command.addAll(List.of(
                "sh",
                "-c",
                "for file in /home/user/*.ipynb; do [ ! -f \"$file\" ] || { tr -d '\\n' <\"$file\"; echo; }; done"));
        return lines(Commands.output(command));
    }

    private List<String> inside(SessionId session) {
        return List.of("kubectl", "--namespace", namespace, "exec", "session-" + session.value(), "--");
    }

    private String kubectl(String... words) {
        List<String> command =
                new ArrayList<>(List.of("kubectl", "--namespace", namespace, "--request-timeout", "15s"));
        command.addAll(Arrays.asList(words));
        return Commands.output(command);
    }

    private static List<String> lines(String output) {
        // Without any object kubectl says so in a line of its own.
        return output.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("No resources found"))
                .toList();
    }
}
