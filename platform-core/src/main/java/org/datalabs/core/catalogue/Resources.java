package org.datalabs.core.catalogue;

/**
 * What a session may use.
 *
 * @param cpuMillis thousandths of a core
 * @param memoryBytes bytes of memory
 * @param gpus whole GPUs
 */
public record Resources(int cpuMillis, long memoryBytes, int gpus) {
    public static final Resources NONE = new Resources(0, 0, 0);
    public static final long GB = 1L << 30;

    public Resources {
        if (cpuMillis < 0 || memoryBytes < 0 || gpus < 0) {
            throw new IllegalArgumentException("resources must not be negative");
        }
    }

    public static Resources of(int cores, int gigabytes) {
        return new Resources(cores * 1000, gigabytes * GB, 0);
    }

    public Resources plus(Resources other) {
        return new Resources(cpuMillis + other.cpuMillis, memoryBytes + other.memoryBytes, gpus + other.gpus);
    }

    /** What is left of this after {@code used}; never below zero. */
    public Resources minus(Resources used) {
        return new Resources(
                Math.max(0, cpuMillis - used.cpuMillis),
                Math.max(0, memoryBytes - used.memoryBytes),
                Math.max(0, gpus - used.gpus));
    }

    /** Whether each amount is at most that of {@code limit}. */
    public boolean fitsIn(Resources limit) {
        return cpuMillis <= limit.cpuMillis && memoryBytes <= limit.memoryBytes && gpus <= limit.gpus;
    }
}
