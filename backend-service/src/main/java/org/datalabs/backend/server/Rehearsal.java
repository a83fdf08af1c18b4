package org.datalabs.backend.server;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.client.EventListener;
import org.datalabs.core.client.EventStream;
import org.datalabs.core.client.StreamState;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a user's first minute does, in a service started for nothing else: the JVM then knows which classes to keep
 * in its archive, and the next starts and the first launch are quicker.
 */
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Rehearsal() {}

    /** Plays through; whatever this machine cannot do is left out. */
    static void play(URI address, String token) {
        try (DatazoneClient client = new DatazoneClient(address, () -> Optional.of(token))) {
            client.info();
            client.me();
            client.volumes();
            client.sessions();
            List<CatalogueEntry> catalogue =
                    client.catalogue(null).orElseThrow().entries();
            client.search(new CatalogueQuery("top", Map.of(), CatalogueQuery.Sort.RELEVANCE, 0, 10));
            Optional<CatalogueEntry> lab = catalogue.stream()
                    .filter(entry -> entry.availability().available())
                    .findFirst();
            if (lab.isPresent()) {
                launch(client, lab.get());
            }
        } catch (ProblemException e) {
            LOG.info("the rehearsal ends early: {}", e.getMessage());
        }
    }

    private static void launch(DatazoneClient client, CatalogueEntry lab) {
        News news = new News();
        try (EventStream stream = EventStream.open(client, news)) {
            Session session = client.launch(LaunchRequest.defaults(lab.datalab().id()));
            news.await(session.id(), state -> state instanceof SessionState.Ready || isOver(state));
            client.destroy(session.id());
            news.await(session.id(), Rehearsal::isOver);
        }
    }

    private static boolean isOver(SessionState state) {
        return state instanceof SessionState.Stopped || state instanceof SessionState.Failed;
    }

    /** What the datazone tells, kept until it is asked for. */
    private static final class News implements EventListener {
        private final BlockingQueue<DatazoneEvent> events = new LinkedBlockingQueue<>();

        @Override
        public void onEvent(DatazoneEvent event) {
            events.add(event);
        }

        @Override
        public void onState(StreamState state) {
            LOG.debug("the stream is {}", state);
        }

        void await(SessionId session, Predicate<SessionState> wanted) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            try {
                while (System.nanoTime() < end) {
                    DatazoneEvent event = events.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                    if (event instanceof DatazoneEvent.SessionChanged changed
                            && changed.session().id().equals(session)
                            && wanted.test(changed.session().state())) {
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
