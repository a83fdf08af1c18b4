package org.datalabs.backend.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.StartStep;
import org.datalabs.core.session.StartStep.Kind;
import org.datalabs.core.session.StartStep.Progress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodReadingTest {
    private static final Instant MADE = Instant.parse("2026-01-02T03:04:05Z");
    private static final NodeFacts NODE =
            node(true, MADE.minusSeconds(3600), new Resources(8000, 32 * Resources.GB, 1));

    private final List<PodEvent> events = new ArrayList<>();
    private List<NodeFacts> nodes = List.of(NODE);
    private Pod pod = new SessionObjects(settings(), new Names("test"))
            .pod(Specs.probe("ada")
                    .with(new Resources(2000, 4 * Resources.GB, 1))
                    .spec());

    PodReadingTest() {
        pod.getMetadata().setCreationTimestamp(MADE.toString());
        pod.getMetadata().setUid("uid");
    }

    @Test
    void waitsForTheSchedulerToLook() {
        assertThat(steps(seconds(1)))
                .extracting(StartStep::progress)
                .containsExactly(Progress.ACTIVE, Progress.WAITING, Progress.WAITING, Progress.WAITING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0/3 nodes are available: 3 Insufficient nvidia.com/gpu. | 1 | No machine has a GPU free.",
                "0/3 nodes are available: 3 Insufficient nvidia.com/gpu. | 0 | No machine of this datazone has a GPU.",
                "0/3 nodes are available: 3 Insufficient memory. | 1 | No machine has 4 GB of memory free.",
                "0/3 nodes are available: 3 Insufficient cpu. | 1 | No machine has enough cores free.",
                "0/3 nodes are available: 1 Insufficient cpu, 2 Insufficient memory. | 1"
                        + " | No machine has enough cores and memory free.",
                "0/3 nodes are available: 3 Insufficient cpu. | 0 | No machine is large enough for it.",
                "0/3 nodes are available: 3 Too many pods. | 1 | All machines run as many datalabs as they can.",
                "0/3 nodes are available: 3 node(s) had volume node affinity conflict. | 1"
                        + " | No machine that can reach its volumes has room.",
                "0/3 nodes are available: 3 node(s) didn't match pod affinity rules. | 1"
                        + " | The machine that runs your other datalabs has no room, and your home can be on one machine"
                        + " only.",
                "0/3 nodes are available: 3 node(s) had taint {a: b}, that the pod didn't tolerate. | 1"
                        + " | No machine is free for it: 0/3 nodes are available: 3 node(s) had taint {a: b}, that the pod"
                        + " didn't tolerate."
            })
    void saysWhyNoMachineTakesIt(String message, int gpus, String reason) {
        nodes = List.of(node(true, MADE, new Resources(gpus * 8000, 32 * Resources.GB, gpus)));
        unscheduled(message);
        Observation.Waiting waiting = (Observation.Waiting) at(seconds(1));
        assertThat(waiting.reason()).isEqualTo(reason);
        assertThat(waiting.remedy()).isNotEmpty();
        assertThat(waiting.steps()).hasSize(4);
    }

    @Test
    void saysThatAllMachinesAreClosed() {
        nodes = List.of(new NodeFacts("node-1", true, MADE, false, Map.of(), List.of(), NODE.total()));
        unscheduled("0/1 nodes are available: 1 node(s) were unschedulable.");
        assertThat(((Observation.Waiting) at(seconds(1))).reason()).isEqualTo("No machine takes new datalabs now.");
    }

    @Test
    void givesStorageAMoment() {
        unscheduled("0/1 nodes are available: 1 pod has unbound immediate PersistentVolumeClaims.");
        assertThat(at(seconds(1))).isInstanceOf(Observation.Starting.class);
        assertThat(((Observation.Waiting) at(PodReading.SETTLING)).reason())
                .isEqualTo("The storage for its files is not there yet.");
    }

    @Test
    void tellsTheStepsOfAStart() {
        scheduled();
        assertThat(steps(seconds(4)))
                .containsExactly(
                        new StartStep(Kind.SCHEDULED, Progress.DONE, "Has a machine", 1000L),
                        new StartStep(Kind.IMAGE, Progress.WAITING, "Fetch the image", null),
                        new StartStep(Kind.VOLUMES, Progress.ACTIVE, "Mounting the volumes", 3000L),
                        new StartStep(Kind.PROCESS, Progress.WAITING, "Start the program", null));
        event("Pulling", "Pulling image \"probe\"", 3);
        assertThat(steps(seconds(5)))
                .contains(
                        new StartStep(Kind.IMAGE, Progress.ACTIVE, "Fetching the image", 2000L),
                        new StartStep(Kind.VOLUMES, Progress.DONE, "Volumes mounted", 2000L));
        event("Pulled", "Successfully pulled image", 9);
        assertThat(steps(seconds(11)))
                .contains(
                        new StartStep(Kind.IMAGE, Progress.DONE, "Image fetched", 6000L),
                        new StartStep(Kind.PROCESS, Progress.ACTIVE, "Starting the program", 2000L));
        running(11);
        Observation.Running running = (Observation.Running) at(seconds(20));
        assertThat(running.since()).isEqualTo(MADE.plusSeconds(11));
        assertThat(running.steps()).allMatch(step -> step.progress() == Progress.DONE);
    }

    @Test
    void tellsMomentsThatWereSeenToTheMillisecond() {
        Instant seen = MADE.plusMillis(300);
        Milestones made = Milestones.next(null, pod, events, seen);
        scheduled();
        Milestones placed = Milestones.next(made, pod, events, MADE.plusMillis(1450));
        assertThat(placed.created()).isEqualTo(seen);
        assertThat(placed.scheduled()).isEqualTo(MADE.plusMillis(1450));
        assertThat(Milestones.next(placed, pod, events, MADE.plusSeconds(60))).isEqualTo(placed);
        // One that was not seen as it happened is told as the cluster tells it.
        assertThat(Milestones.next(made, pod, events, MADE.plusSeconds(60)).scheduled())
                .isEqualTo(MADE.plusSeconds(1));
    }

    @Test
    void tellsTheStepsWhenTheirNotesAreGone() {
        scheduled();
        running(11);
        Observation.Running running = (Observation.Running) at(Duration.ofHours(2));
        assertThat(running.steps()).allMatch(step -> step.progress() == Progress.DONE);
        assertThat(running.steps().get(1).text()).isEqualTo("Image present");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rpc error: code = NotFound desc = failed to resolve reference \"x\": x: not found | true"
                        + " | The image datalabs/probe:1 does not exist.",
                "pull access denied, repository does not exist or may require authorization | true"
                        + " | The registry refuses to hand out the image datalabs/probe:1.",
                "failed to authorize: unexpected status: 401 Unauthorized | true"
                        + " | The registry refuses to hand out the image datalabs/probe:1.",
                "couldn't parse image reference | true | datalabs/probe:1 is no name of an image.",
                "dial tcp: lookup registry.example.org: no such host | false"
                        + " | The image datalabs/probe:1 cannot be fetched: the registry does not answer."
            })
    void saysWhyAnImageDoesNotCome(String message, boolean isFinal, String reason) {
        scheduled();
        event("Failed", "Failed to pull image \"datalabs/probe:1\": " + message, 2);
        waiting("ImagePullBackOff", "Back-off pulling image \"datalabs/probe:1\"");
        assertThat(((Observation.Waiting) at(seconds(3))).reason()).isEqualTo(reason);
        assertThat(at(PodReading.IMAGE_MISSING.plusSeconds(2)) instanceof Observation.Ended)
                .isEqualTo(isFinal);
        Observation.Ended ended = (Observation.Ended) at(PodReading.IMAGE_TROUBLE.plusSeconds(2));
        assertThat(ended.problem().code()).isEqualTo(ProblemCode.IMAGE_UNAVAILABLE);
        assertThat(ended.problem().what()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MountVolume.SetUp failed for volume \"data-planck\" : hostPath type check failed: /x is not a directory"
                        + " | The volume planck cannot be mounted. Its folder does not exist on the machine.",
                "MountVolume.SetUp failed for volume \"data-planck\" : mount failed: mount.nfs: Connection timed out"
                        + " | The volume planck cannot be mounted. Its server does not answer.",
                "MountVolume.SetUp failed for volume \"data-planck\" : mount.nfs: access denied by server"
                        + " | The volume planck cannot be mounted. Its server refuses this machine.",
                "Unable to attach or mount volumes: unmounted volumes=[home], unattached volumes=[home tmp]: timed out"
                        + " | Your home cannot be mounted. Its server does not answer.",
                "Multi-Attach error for volume \"pvc-1\" Volume is already used by pod(s) other"
                        + " | A volume cannot be mounted. It is still in use on another machine."
            })
    void saysWhichVolumeCannotBeMounted(String message, String reason) {
        scheduled();
        event("FailedMount", message, 2);
        assertThat(((Observation.Waiting) at(seconds(3))).reason()).isEqualTo(reason);
        assertThat(((Observation.Ended) at(PodReading.VOLUME_TROUBLE.plusSeconds(1)))
                        .problem()
                        .code())
                .isEqualTo(ProblemCode.VOLUME_UNAVAILABLE);
    }

    @Test
    void forgetsAMountThatWorkedLater() {
        scheduled();
        event("FailedMount", "MountVolume.SetUp failed for volume \"data-planck\" : timed out", 2);
        event("Pulled", "present", 4);
        assertThat(at(seconds(5))).isInstanceOf(Observation.Starting.class);
    }

    @Test
    void givesAContainerAMoment() {
        scheduled();
        waiting("CreateContainerConfigError", "secret \"session-x\" not found");
        assertThat(at(seconds(5))).isInstanceOf(Observation.Starting.class);
        assertThat(((Observation.Ended) at(PodReading.CONTAINER_TROUBLE.plusSeconds(1)))
                        .problem()
                        .what())
                .isEqualTo("The cluster could not make its container: secret \"session-x\" not found.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OOMKilled | 137 | '' | OUT_OF_MEMORY | It used more than its 4 GB of memory and was stopped.",
                "Error | 3 | 'first\nlast' | PROGRAM_ENDED | probe ended by itself with status 3. It said last: first / last.",
                "Error | 137 | '' | PROGRAM_ENDED | probe was ended by signal 9 (kill).",
                "Completed | 0 | '' | PROGRAM_ENDED | probe was closed from inside.",
                "ContainerCannotRun | 127 | 'no such file' | START_FAILED | probe could not be started. It said last:"
                        + " no such file.",
                "Error | 126 | 'permission denied' | START_FAILED | probe could not be started."
            })
    void saysHowItsProgramEnded(String reason, int status, String message, ProblemCode code, String what) {
        scheduled();
        pod = new PodBuilder(pod)
                .editStatus()
                .withPhase("Failed")
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withState(new ContainerStateBuilder()
                                .withNewTerminated()
                                .withReason(reason)
                                .withExitCode(status)
                                .withMessage(message)
                                .withFinishedAt(MADE.plusSeconds(30).toString())
                                .endTerminated()
                                .build())
                        .build())
                .endStatus()
                .build();
        Observation.Ended ended = (Observation.Ended) at(seconds(40));
        assertThat(ended.problem().code()).isEqualTo(code);
        assertThat(ended.problem().what()).startsWith(what);
        assertThat(ended.at()).isEqualTo(MADE.plusSeconds(30));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Evicted | The node was low on resource: memory. | EVICTED | its machine ran out of memory",
                "Evicted | Pod ephemeral local storage usage exceeds | EVICTED | more temporary files",
                "Evicted | The node was low on resource: disk. | EVICTED | its machine ran out of disk",
                "Shutdown | Node is shutting down | EVICTED | shut its machine down",
                "NodeLost | Node x which was running pod is unresponsive | NODE_LOST | does not answer",
                "OutOfcpu | Pod Node didn't have enough resource | START_FAILED | had no room any more",
                "DeadlineExceeded | Pod was active too long | PROGRAM_ENDED | Pod was active too long."
            })
    void saysWhyTheClusterEndedIt(String reason, String message, ProblemCode code, String what) {
        scheduled();
        pod = new PodBuilder(pod)
                .editStatus()
                .withPhase("Failed")
                .withReason(reason)
                .withMessage(message)
                .endStatus()
                .build();
        Observation.Ended ended = (Observation.Ended) at(seconds(40));
        assertThat(ended.problem().code()).isEqualTo(code);
        assertThat(ended.problem().what()).contains(what);
    }

    @Test
    void givesASilentMachineTime() {
        scheduled();
        running(11);
        Instant silent = MADE.plusSeconds(60);
        nodes = List.of(node(false, silent, NODE.total()));
        assertThat(at(seconds(90))).isInstanceOf(Observation.Running.class);
        Observation.Ended ended = (Observation.Ended) at(seconds(60).plus(PodReading.NODE_SILENCE));
        assertThat(ended.problem().code()).isEqualTo(ProblemCode.NODE_LOST);
        assertThat(ended.at()).isEqualTo(silent);
        // The cluster asks for its end then; nobody is there to hear it.
        pod.getMetadata().setDeletionTimestamp(MADE.plusSeconds(400).toString());
        assertThat(at(seconds(500))).isInstanceOf(Observation.Ended.class);
    }

    @Test
    void losesAMachineThatWasRemoved() {
        scheduled();
        running(11);
        nodes = List.of();
        assertThat(at(seconds(20))).isInstanceOf(Observation.Running.class);
        assertThat(at(Duration.ofHours(1))).isInstanceOf(Observation.Ended.class);
    }

    @Test
    void isStoppingWhileItsEndIsAskedFor() {
        scheduled();
        running(11);
        pod.getMetadata().setDeletionTimestamp(MADE.plusSeconds(30).toString());
        assertThat(at(seconds(20))).isInstanceOf(Observation.Stopping.class);
    }

    private Observation at(Duration age) {
        Instant now = MADE.plus(age);
        return new PodReading(pod, List.copyOf(events), nodes, Milestones.next(null, pod, events, now), now)
                .observation();
    }

    private List<StartStep> steps(Duration age) {
        return ((Observation.Starting) at(age)).steps();
    }

    private void unscheduled(String message) {
        condition("False", "Unschedulable", message);
    }

    /** One second after it was made. */
    private void scheduled() {
        condition("True", null, null);
        pod.getSpec().setNodeName("node-1");
    }

    private void condition(String status, @Nullable String reason, @Nullable String message) {
        pod.setStatus(new PodStatusBuilder()
                .withPhase("Pending")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(MADE.plusSeconds(1).toString())
                .endCondition()
                .build());
    }

    private void event(String reason, String message, int second) {
        Instant time = MADE.plusSeconds(second);
        events.add(new PodEvent("uid", reason, message, time, time));
    }

    private void running(int second) {
        pod = new PodBuilder(pod)
                .editStatus()
                .withPhase("Running")
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withState(new ContainerStateBuilder()
                                .withNewRunning(MADE.plusSeconds(second).toString())
                                .build())
                        .build())
                .endStatus()
                .build();
    }

    private void waiting(String reason, String message) {
        pod = new PodBuilder(pod)
                .editStatus()
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withState(new ContainerStateBuilder()
                                .withNewWaiting(message, reason)
                                .build())
                        .build())
                .endStatus()
                .build();
    }

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }

    private static KubernetesSettings settings() {
        return KubernetesSettings.of("sessions", "test", Specs.HOME);
    }

    private static NodeFacts node(boolean answers, Instant since, Resources total) {
        return new NodeFacts("node-1", answers, since, true, Map.of(), List.of(), total);
    }
}
