package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a pod's start came how far. The cluster tells times in whole seconds, of which a start has few; a moment that
 * was seen as it happened is told by the time at which it was seen.
 *
 * @param created when the pod was made
 * @param scheduled when it got its machine
 * @param pulling when its image began to be fetched; null also when it was there
 * @param pulled when its image was there
 * @param started when its program was started
 */
record Milestones(
        Instant created,
        @Nullable Instant scheduled,
        @Nullable Instant pulling,
        @Nullable Instant pulled,
        @Nullable Instant started) {
    private static final Duration LIVE = Duration.ofSeconds(2);

    /** The milestones after another look at the pod. */
    static Milestones next(@Nullable Milestones before, Pod pod, List<PodEvent> events, Instant now) {
        Milestones old = before == null
                ? new Milestones(seen(pod.getMetadata().getCreationTimestamp(), now, now), null, null, null, null)
                : before;
        return new Milestones(
                old.created,
                first(old.scheduled, scheduled(pod), now),
                first(old.pulling, event(events, "Pulling"), now),
                first(old.pulled, event(events, "Pulled"), now),
                first(old.started, started(pod), now));
    }

    static Optional<ContainerState> state(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .flatMap(status -> status.getContainerStatuses().stream().findFirst())
                .map(status -> status.getState());
    }

    static Optional<PodCondition> condition(Pod pod, String type) {
        return Optional.ofNullable(pod.getStatus()).flatMap(status -> status.getConditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst());
    }

    private static @Nullable String scheduled(Pod pod) {
        return condition(pod, "PodScheduled")
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(PodCondition::getLastTransitionTime)
                .orElse(null);
    }

    private static @Nullable String started(Pod pod) {
        ContainerState state = state(pod).orElse(null);
        if (state == null) {
            return null;
        }
        if (state.getRunning() != null) {
            return state.getRunning().getStartedAt();
        }
        return state.getTerminated() == null ? null : state.getTerminated().getStartedAt();
    }

    private static @Nullable String event(List<PodEvent> events, String reason) {
        return events.stream()
                .filter(event -> event.reason().equals(reason))
                .findFirst()
                .map(event -> event.since().toString())
                .orElse(null);
    }

    private static @Nullable Instant first(@Nullable Instant known, @Nullable String told, Instant now) {
        if (known != null || told == null) {
            return known;
        }
        return seen(told, now, now);
    }

    private static Instant seen(@Nullable String told, Instant now, Instant otherwise) {
        Instant time = told == null ? otherwise : PodEvent.parsed(told, otherwise);
        return Duration.between(time, now).abs().compareTo(LIVE) < 0 ? now : time;
    }
}
