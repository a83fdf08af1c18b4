package org.datalabs.bench.cluster;

import org.datalabs.bench.measure.MeasurementException;

/** How far the reconciler falls behind while a crowd gathers. */
final class Gathering {
    private double longestLag;
    private double largestBacklog;

    /** @throws MeasurementException when a session has failed */
    void look(String metrics) {
        longestLag =
                Math.max(longestLag, BackendMetrics.value(metrics, Vitals.LAG).orElse(0));
        largestBacklog = Math.max(
                largestBacklog, BackendMetrics.value(metrics, Vitals.BACKLOG).orElse(0));
        double failed = BackendMetrics.value(metrics, "datalabs_sessions{state=\"failed\"}")
                .orElse(0);
        if (failed > 0) {
            throw new MeasurementException("Sessions have failed: " + Math.round(failed));
        }
    }

    String words() {
        return "none failed; meanwhile a session waited for the reconciler for at most %.1f s, and at most %.0f waited at once"
                .formatted(longestLag, largestBacklog);
    }
}
