package org.datalabs.core.launch;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts of resources as people read them. */
final class Amounts {
    private static final long KB = 1L << 10;
    private static final long MB = 1L << 20;
    private static final long GB = 1L << 30;

    private Amounts() {}

    /** Thousandths of a core as cores, such as {@code 0.5}. */
    static String number(int cpuMillis) {
        return BigDecimal.valueOf(cpuMillis, 3).stripTrailingZeros().toPlainString();
    }

    static String cores(int cpuMillis) {
        return number(cpuMillis) + (cpuMillis == 1000 ? " core" : " cores");
    }

    /** Bytes in binary multiples, such as {@code 1.5 GB}. */
    static String memory(long bytes) {
        if (bytes >= GB) {
            return scaled(bytes, GB) + " GB";
        }
        if (bytes >= MB || bytes == 0) {
            return scaled(bytes, MB) + " MB";
        }
        return bytes >= KB ? scaled(bytes, KB) + " KB" : bytes + " bytes";
    }

    static String gpus(int gpus) {
        return gpus + (gpus == 1 ? " GPU" : " GPUs");
    }

    /** Rounded down, so that "left" never promises more than there is. */
    private static String scaled(long bytes, long unit) {
        return BigDecimal.valueOf(bytes)
                .divide(BigDecimal.valueOf(unit), 2, RoundingMode.DOWN)
                .stripTrailingZeros()
                .toPlainString();
    }
}
