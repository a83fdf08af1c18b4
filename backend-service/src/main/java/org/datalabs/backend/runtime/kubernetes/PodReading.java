package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.StartStep;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a pod and the notes about it say of its session. Pure: the same facts give the same observation; the moment
 * counts only for how long something has lasted.
 *
 * @param pod the pod
 * @param events what was noted about it, oldest first
 * @param nodes the cluster's machines
 * @param times how far its start came when
 * @param now the moment
 */
record PodReading(Pod pod, List<PodEvent> events, Collection<NodeFacts> nodes, Milestones times, Instant now) {
    /** How long a machine may be silent before its sessions count as lost; its pods run on, if it does. */
    static final Duration NODE_SILENCE = Duration.ofMinutes(2);
    /** How long an image may seem not to exist; registries err for moments. */
    static final Duration IMAGE_MISSING = Duration.ofSeconds(45);
    /** How long an image's registry may be out of reach. */
    static final Duration IMAGE_TROUBLE = Duration.ofMinutes(10);
    /** How long a volume may refuse to be mounted. */
    static final Duration VOLUME_TROUBLE = Duration.ofMinutes(5);
    /** How long a container may refuse to be made for reasons of its description. */
    static final Duration CONTAINER_TROUBLE = Duration.ofSeconds(30);
    /** How long the machines may need to see what was made a moment ago. */
    static final Duration SETTLING = Duration.ofSeconds(10);

    private static final Set<String> IMAGE_REASONS = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "RegistryUnavailable",
            "ImageInspectError");

    /** Whether a pod's container cannot be made yet for want of its image. */
    static boolean waitsForImage(Pod pod) {
        return Milestones.state(pod)
                .map(ContainerState::getWaiting)
                .filter(waiting -> IMAGE_REASONS.contains(String.valueOf(waiting.getReason())))
                .isPresent();
    }

    Observation observation() {
        Optional<Instant> lost = lostSince();
        if (lost.isPresent()) {
            return new Observation.Ended(nodeLost(), lost.get());
        }
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return new Observation.Stopping();
        }
        Optional<EndReading> end = EndReading.of(pod);
        if (end.isPresent()) {
            return new Observation.Ended(end.get().problem(), end.get().at(now));
        }
        Optional<ContainerState> state = Milestones.state(pod);
        if (state.filter(known -> known.getRunning() != null).isPresent()) {
            Instant started = times.started();
            return new Observation.Running(started == null ? now : started, steps(), true);
        }
        if (times.scheduled() == null) {
            return unscheduled();
        }
        ContainerStateWaiting waiting = state.map(ContainerState::getWaiting).orElse(null);
        Observation held = waiting == null ? null : held(waiting);
        return held == null ? preparing() : held;
    }

    private List<StartStep> steps() {
        return StartReading.steps(times, now);
    }

    /** Since when its machine counts as lost. */
    private Optional<Instant> lostSince() {
        String name = pod.getSpec().getNodeName();
        if (name == null) {
            return Optional.empty();
        }
        Optional<NodeFacts> node =
                nodes.stream().filter(known -> known.name().equals(name)).findFirst();
        if (node.isEmpty()) {
            // A new machine's first pod may be known before the machine is.
            Instant scheduled = times.scheduled() == null ? times.created() : times.scheduled();
            return lasted(scheduled, NODE_SILENCE) ? Optional.of(now) : Optional.empty();
        }
        return node.filter(known -> !known.answers() && lasted(known.since(), NODE_SILENCE))
                .map(NodeFacts::since);
    }

    private Problem nodeLost() {
        return Problem.of(
                ProblemCode.NODE_LOST,
                "The machine that ran it does not answer any more. "
                        + Names.home(pod).fate(),
                "Run it again; it will get another machine.");
    }

    private Observation unscheduled() {
        PodCondition condition = Milestones.condition(pod, "PodScheduled").orElse(null);
        String message = condition == null ? null : condition.getMessage();
        boolean refused = condition != null && "Unschedulable".equals(condition.getReason());
        if (!refused || message == null) {
            return new Observation.Starting(steps());
        }
        PlacementReading reading = new PlacementReading(message, wanted(), nodes);
        if (reading.isMomentary() && !lasted(times.created(), SETTLING)) {
            return new Observation.Starting(steps());
        }
        return new Observation.Waiting(reading.reason(), reading.remedy(), steps());
    }

    private Resources wanted() {
        return NodeFacts.resources(
                pod.getSpec().getContainers().get(0).getResources().getRequests());
    }

    private @Nullable Observation held(ContainerStateWaiting waiting) {
        String reason = waiting.getReason() == null ? "" : waiting.getReason();
        String message = waiting.getMessage() == null ? "" : waiting.getMessage();
        if (IMAGE_REASONS.contains(reason)) {
            return image(message);
        }
        return switch (reason) {
            case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" -> container(message);
            default -> null;
        };
    }

    private Observation image(String now) {
        String image = pod.getSpec().getContainers().get(0).getImage();
        ImageReading reading = new ImageReading(image, imageMessage(now));
        Instant since = times.pulling() == null ? times.scheduled() : times.pulling();
        boolean over = since != null && lasted(since, reading.isFinal() ? IMAGE_MISSING : IMAGE_TROUBLE);
        return over
                ? new Observation.Ended(
                        Problem.of(ProblemCode.IMAGE_UNAVAILABLE, reading.reason(), reading.remedy()), this.now)
                : new Observation.Waiting(reading.reason(), reading.remedy(), steps());
    }

    /** Between two tries the pod says only that it pauses; the reason stands in the notes. */
    private String imageMessage(String message) {
        return events.stream()
                .filter(event -> event.reason().equals("Failed")
                        && event.message().toLowerCase(Locale.ROOT).contains("pull"))
                .reduce((one, later) -> later)
                .map(PodEvent::message)
                .map(noted -> message + " " + noted)
                .orElse(message);
    }

    private Observation container(String message) {
        Instant scheduled = times.scheduled();
        if (scheduled != null && !lasted(scheduled, CONTAINER_TROUBLE)) {
            return new Observation.Starting(steps());
        }
        return new Observation.Ended(
                Problem.of(
                        ProblemCode.START_FAILED,
                        "The cluster could not make its container: " + Words.sentence(message),
                        "Try again. If it happens again, tell the operators of the datazone."),
                now);
    }

    /** It has a machine that makes everything ready. */
    private Observation preparing() {
        Optional<PodEvent> mount = events.stream()
                .filter(event ->
                        event.reason().equals("FailedMount") || event.reason().equals("FailedAttachVolume"))
                .filter(event -> times.pulling() == null && times.pulled() == null)
                .reduce((one, later) -> later);
        Instant scheduled = times.scheduled();
        if (mount.isEmpty() || scheduled == null) {
            return new Observation.Starting(steps());
        }
        VolumeReading reading = new VolumeReading(mount.get().message());
        if (reading.isMomentary() && !lasted(scheduled, SETTLING)) {
            return new Observation.Starting(steps());
        }
        return lasted(scheduled, VOLUME_TROUBLE)
                ? new Observation.Ended(
                        Problem.of(ProblemCode.VOLUME_UNAVAILABLE, reading.reason(), reading.remedy()), now)
                : new Observation.Waiting(reading.reason(), reading.remedy(), steps());
    }

    private boolean lasted(Instant since, Duration time) {
        return !now.isBefore(since.plus(time));
    }
}
