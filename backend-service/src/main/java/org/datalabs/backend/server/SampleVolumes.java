package org.datalabs.backend.server;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.datalabs.backend.samples.SampleData;
import org.datalabs.backend.volume.BuiltInVolumes;
import org.datalabs.core.volume.Volume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The volume Samples, put together anew once in a while: packages that are installed later bring their part without a
 * restart. Thread-safe.
 */
final class SampleVolumes implements BuiltInVolumes {
    private static final Logger LOG = LoggerFactory.getLogger(SampleVolumes.class);
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final SampleData samples;
    private final Clock clock;
    private List<Volume> last = List.of();
    private Instant lookAgain = Instant.MIN;

    SampleVolumes(SampleData samples, Clock clock) {
        this.samples = samples;
        this.clock = clock;
    }

    @Override
    public synchronized List<Volume> list() {
        Instant now = clock.instant();
        if (!now.isBefore(lookAgain)) {
            lookAgain = now.plus(KEPT);
            try {
                last = List.of(samples.volume());
            } catch (IOException e) {
                LOG.warn("the samples could not be put together", e);
            }
        }
        return last;
    }
}
