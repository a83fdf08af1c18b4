package org.datalabs.tour;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/** Waits for conditions, never for times; a condition that does not come names itself. */
final class Waiting {
    private static final long POLL_MILLIS = 40;
    private static final int FRAMES = 6;
    private static final int ATTEMPTS = 6;
    private static final Duration SOON = Duration.ofSeconds(6);
    private static final Duration STUCK = Duration.ofSeconds(30);

    private Waiting() {}

    /** Waits until {@code condition} holds, asked on the calling thread. */
    static void until(String what, Duration atMost, BooleanSupplier condition) {
        value(what, atMost, () -> condition.getAsBoolean() ? Optional.of(Boolean.TRUE) : Optional.empty());
    }

    /**
     * Acts, and acts again as a person would when nothing comes of it: a window that still opens may miss a click.
     * The act must be harmless to repeat.
     */
    static void insist(String what, Runnable act, BooleanSupplier condition) {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            act.run();
            long end = System.nanoTime() + SOON.toNanos();
            while (System.nanoTime() < end) {
                if (condition.getAsBoolean()) {
                    return;
                }
                pause();
            }
        }
        act.run();
        until(what, STUCK, condition);
    }

    /** Waits until {@code condition} holds, asked on the JavaFX thread. */
    static void untilShown(String what, Duration atMost, BooleanSupplier condition) {
        until(what, atMost, () -> onFx(condition::getAsBoolean));
    }

    /** Waits until {@code question} has an answer, asked on the calling thread. */
    static <T> T value(String what, Duration atMost, Supplier<Optional<T>> question) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() > end) {
                throw new TourFailure("waited " + atMost.toSeconds() + " s in vain until " + what);
            }
            pause();
        }
    }

    /** The value of {@code question}, asked on the JavaFX thread. */
    static <T> T onFx(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException | Error failure) {
                answer.completeExceptionally(failure);
            }
        });
        try {
            return answer.get(STUCK.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException stuck) {
            throw new TourFailure("the JavaFX thread did not answer for " + STUCK.toSeconds() + " s", stuck);
        } catch (ExecutionException failure) {
            throw new TourFailure("a look at the app failed: " + failure.getCause(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TourFailure("the tour was interrupted", interrupted);
        }
    }

    /** The value of {@code question}, asked on the JavaFX thread after it has drawn some frames more. */
    static <T> T onNextFrames(Supplier<T> question) {
        CountDownLatch frames = new CountDownLatch(FRAMES);
        AnimationTimer timer = onFx(() -> {
            AnimationTimer counting = new AnimationTimer() {
                @Override
                public void handle(long now) {
                    frames.countDown();
                }
            };
            counting.start();
            return counting;
        });
        until("the window draws", STUCK, () -> frames.getCount() == 0);
        return onFx(() -> {
            timer.stop();
            return question.get();
        });
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TourFailure("the tour was interrupted", interrupted);
        }
    }
}
