package org.datalabs.bench.pulse;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javafx.application.Platform;
import org.datalabs.bench.measure.Runs;

/**
 * Hands a job to the user interface's thread a hundred times a second and measures how long it waits for its turn. Above
 * {@value #LIMIT_MILLIS} ms it looks at what the thread does, and how much of the wait it was computing: the rest it waited
 * for a core or a lock.
 */
final class PulseMonitor {
    static final long LIMIT_MILLIS = 50;
    private static final long PAUSE_NANOS = 10_000_000;
    private static final long LOOK_NANOS = 500_000;
    private static final int FRAMES_TOLD = 14;

    private final Thread ui;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Runs waits = new Runs();
    private final List<Block> blocks = new ArrayList<>();
    private double longestOwnDelay;

    /**
     * A wait above the limit.
     *
     * @param millis how long
     * @param cpuMillis how much of that the user interface's thread was computing
     * @param stack what it did when the limit was passed, innermost first
     */
    record Block(double millis, double cpuMillis, List<String> stack) {}

    PulseMonitor(Thread ui) {
        this.ui = ui;
    }

    /** Measures for a time, on this thread. */
    void run(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            measureOnce();
            long before = System.nanoTime();
            LockSupport.parkNanos(PAUSE_NANOS);
            longestOwnDelay = Math.max(longestOwnDelay, (System.nanoTime() - before - PAUSE_NANOS) / 1e6);
        }
    }

    private void measureOnce() {
        long cpu = threads.getThreadCpuTime(ui.getId());
        long[] done = new long[1];
        Object turn = new Object();
        long asked = System.nanoTime();
        Platform.runLater(() -> {
            synchronized (turn) {
                done[0] = System.nanoTime();
            }
        });
        List<String> stack = List.of();
        while (true) {
            long now = System.nanoTime();
            synchronized (turn) {
                if (done[0] != 0) {
                    break;
                }
            }
            if (stack.isEmpty() && now - asked > LIMIT_MILLIS * 1_000_000) {
                stack = stack();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        double millis = (done[0] - asked) / 1e6;
        waits.add(millis);
        if (millis > LIMIT_MILLIS) {
            blocks.add(new Block(millis, (threads.getThreadCpuTime(ui.getId()) - cpu) / 1e6, stack));
        }
    }

    private List<String> stack() {
        List<String> frames = new ArrayList<>();
        frames.add(ui.getState().toString());
        for (StackTraceElement frame : ui.getStackTrace()) {
            if (frames.size() <= FRAMES_TOLD) {
                frames.add(frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber());
            }
        }
        return frames;
    }

    Runs waits() {
        return waits;
    }

    List<Block> blocks() {
        return blocks;
    }

    /** By how much the monitor's own thread came late at worst, in milliseconds: what the machine does to any thread. */
    double longestOwnDelay() {
        return longestOwnDelay;
    }
}
