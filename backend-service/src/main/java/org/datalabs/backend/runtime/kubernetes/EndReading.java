package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.Optional;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** How a pod ended. Pure. */
final class EndReading {
    private static final int SIGNALS = 128;
    private static final int KILL = 9;
    private static final int LONGEST_TAIL = 400;

    private final Pod pod;
    private final PodStatus status;
    private final @Nullable ContainerStateTerminated terminated;
    private final Home home;
    private final String fate;

    private EndReading(Pod pod, PodStatus status, @Nullable ContainerStateTerminated terminated) {
        this.pod = pod;
        this.status = status;
        this.terminated = terminated;
        this.home = Names.home(pod);
        this.fate = " " + home.fate();
    }

    /** Empty when it has not ended. */
    static Optional<EndReading> of(Pod pod) {
        PodStatus status = pod.getStatus();
        if (status == null) {
            return Optional.empty();
        }
        ContainerStateTerminated terminated =
                Milestones.state(pod).map(ContainerState::getTerminated).orElse(null);
        boolean over = "Failed".equals(status.getPhase()) || "Succeeded".equals(status.getPhase());
        return over || terminated != null ? Optional.of(new EndReading(pod, status, terminated)) : Optional.empty();
    }

    Instant at(Instant otherwise) {
        return terminated == null || terminated.getFinishedAt() == null
                ? otherwise
                : PodEvent.parsed(terminated.getFinishedAt(), otherwise);
    }

    Problem problem() {
        String reason = status.getReason() == null ? "" : status.getReason();
        String message = status.getMessage() == null ? "" : status.getMessage();
        switch (reason) {
            case "Evicted" -> {
                return evicted(message);
            }
            case "Preempting", "Shutdown", "NodeShutdown", "Terminated" -> {
                return Problem.of(
                        ProblemCode.EVICTED,
                        "The cluster ended it to make room or to shut its machine down." + fate,
                        "Run it again.");
            }
            case "NodeLost" -> {
                return Problem.of(
                        ProblemCode.NODE_LOST,
                        "The machine that ran it does not answer any more." + fate,
                        "Run it again; it will get another machine.");
            }
            default -> {
                if (reason.startsWith("OutOf")
                        || reason.equals("UnexpectedAdmissionError")
                        || reason.equals("NodeAffinity")) {
                    return Problem.of(
                            ProblemCode.START_FAILED,
                            "The machine that was chosen for it had no room any more.",
                            "Run it again.");
                }
                return terminated == null
                        ? Problem.of(
                                ProblemCode.PROGRAM_ENDED,
                                "The cluster ended it" + (message.isEmpty() ? "." : ": " + Words.sentence(message))
                                        + fate,
                                "Run it again.")
                        : ended(terminated);
            }
        }
    }

    private Problem evicted(String message) {
        String low = message.toLowerCase(java.util.Locale.ROOT);
        if (low.contains("ephemeral") || low.contains("emptydir")) {
            return Problem.of(
                    ProblemCode.EVICTED,
                    "It wrote more temporary files than its machine allows and was ended." + fate,
                    home == Home.TEMPORARY
                            ? "Run it again, and keep large files in a volume of your own."
                            : "Run it again, and keep large files in your home.");
        }
        String cause = low.contains("memory")
                ? " ran out of memory"
                : low.contains("disk") ? " ran out of disk" : " was under pressure";
        return Problem.of(
                ProblemCode.EVICTED,
                "The cluster ended it because its machine" + cause + "." + fate,
                "Run it again; it will get another machine when there is one.");
    }

    private Problem ended(ContainerStateTerminated end) {
        int code = end.getExitCode() == null ? -1 : end.getExitCode();
        String reason = end.getReason() == null ? "" : end.getReason();
        if (reason.equals("OOMKilled")) {
            return Problem.of(
                    ProblemCode.OUT_OF_MEMORY,
                    "It used more than its " + memory() + " of memory and was stopped." + fate,
                    "Run it again with more memory.");
        }
        String name = pod.getMetadata().getLabels().getOrDefault(Names.DATALAB, "The datalab");
        if (reason.equals("ContainerCannotRun") || reason.equals("StartError") || code == 126 || code == 127) {
            return Problem.of(
                    ProblemCode.START_FAILED,
                    name + " could not be started." + tail(end),
                    "Choose another version, or tell the maintainer of the datalab.");
        }
        if (code == 0) {
            return Problem.of(ProblemCode.PROGRAM_ENDED, name + " was closed from inside." + fate, "Run it again.");
        }
        String how = code > SIGNALS
                ? " was ended by signal " + (code - SIGNALS) + (code - SIGNALS == KILL ? " (kill)" : "")
                : " ended by itself with status " + code;
        return Problem.of(ProblemCode.PROGRAM_ENDED, name + how + "." + tail(end) + fate, "Run it again.");
    }

    private String memory() {
        Quantity limit =
                pod.getSpec().getContainers().get(0).getResources().getLimits().get("memory");
        return limit == null ? "share" : Words.size(limit.getNumericalAmount().longValue());
    }

    /** The last of its output, which the machine puts here on errors. */
    private static String tail(ContainerStateTerminated end) {
        String text = end.getMessage() == null ? "" : end.getMessage().strip().replaceAll("\\s*\\R\\s*", " / ");
        if (text.isEmpty()) {
            return "";
        }
        String cut = text.length() > LONGEST_TAIL ? "... " + text.substring(text.length() - LONGEST_TAIL) : text;
        return " It said last: " + cut + (cut.endsWith(".") ? "" : ".");
    }
}
