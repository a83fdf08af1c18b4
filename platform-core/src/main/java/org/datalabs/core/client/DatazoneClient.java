package org.datalabs.core.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.api.DatazoneInfo;
import org.datalabs.core.api.Marks;
import org.datalabs.core.api.Me;
import org.datalabs.core.api.SessionChange;
import org.datalabs.core.api.TicketRequest;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.CataloguePage;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.CatalogueResult;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.ManifestProblem;
import org.datalabs.core.launch.Capacity;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.Ticket;
import org.datalabs.core.session.UsageSample;
import org.datalabs.core.volume.NewVolume;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;
import org.jspecify.annotations.Nullable;

/**
 * The API of one datazone, one method per route; see {@link ApiPaths}.
 *
 * <p>Calls block until the answer is there, at most about half a minute, and end at once with a problem when their
 * thread is interrupted or the client is closed. What may be repeated is tried up to three times. All calls throw
 * {@link ProblemException} only: the datazone's own problem, or {@code UNREACHABLE} when it does not answer or something
 * else answers in its place. Thread-safe.
 */
public final class DatazoneClient implements AutoCloseable {
    private static final int PAGE = 500;
    private static final int MOST_PASSES = 3;

    private final Transport transport;

    /**
     * @param address where the datazone is; see {@link DatazoneAddress}
     * @param token gives the bearer token at the time of each call, or empty to send none
     * @throws ProblemException when the address is none
     */
    public DatazoneClient(URI address, Supplier<Optional<String>> token) {
        this.transport = new Transport(address, token);
    }

    public URI address() {
        return transport.address();
    }

    public DatazoneInfo info() {
        return transport.fetch(Call.get(ApiPaths.DATAZONE), new TypeReference<>() {});
    }

    /** What could be started now. */
    public Capacity capacity() {
        return transport.fetch(Call.get(ApiPaths.CAPACITY), new TypeReference<>() {});
    }

    public Me me() {
        return transport.fetch(Call.get(ApiPaths.ME), new TypeReference<>() {});
    }

    /**
     * Reads the whole catalogue, page by page, all of one revision.
     *
     * @param knownEtag validator of the catalogue the caller has, or null
     * @return empty when the caller's is still the current one
     */
    public Optional<CatalogueDownload> catalogue(@Nullable String knownEtag) {
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            Call call = Call.get(ApiPaths.CATALOGUE + "?limit=" + PAGE).within(Call.LONG);
            Answer first = transport.send(knownEtag == null ? call : call.with("If-None-Match", knownEtag));
            if (first.status() == 304) {
                return Optional.empty();
            }
            Optional<CatalogueDownload> whole = restOfCatalogue(first);
            if (whole.isPresent()) {
                return whole;
            }
        }
        throw new ProblemException(
                ProblemCode.CHANGED_MEANWHILE, "The catalogue changes faster than it can be read.", "Try again later.");
    }

    /** Empty when the catalogue changed between two pages. */
    private Optional<CatalogueDownload> restOfCatalogue(Answer first) {
        CataloguePage page = transport.reader().read(first, new TypeReference<>() {});
        String revision = page.revision();
        List<CatalogueEntry> entries = new ArrayList<>(page.entries());
        while (page.next() != null && !page.entries().isEmpty()) {
            page = cataloguePage(page.next(), PAGE);
            if (!page.revision().equals(revision)) {
                return Optional.empty();
            }
            entries.addAll(page.entries());
        }
        return Optional.of(new CatalogueDownload(
                revision, first.headers().firstValue("ETag").orElse(null), entries));
    }

    /** One page; {@code cursor} is null for the first. */
    public CataloguePage cataloguePage(@Nullable String cursor, int limit) {
        Query query = new Query().add("cursor", cursor).add("limit", String.valueOf(limit));
        return transport.fetch(Call.get(ApiPaths.CATALOGUE + query).within(Call.LONG), new TypeReference<>() {});
    }

    public CatalogueResult search(CatalogueQuery question) {
        Query query = new Query().add("q", question.text());
        question.filters()
                .forEach((facet, values) ->
                        values.forEach(value -> query.add(facet.name().toLowerCase(Locale.ROOT), value)));
        query.add("sort", question.sort().name()).add("offset", String.valueOf(question.offset()));
        if (question.limit() < Integer.MAX_VALUE) {
            query.add("limit", String.valueOf(question.limit()));
        }
        return transport.fetch(Call.get(ApiPaths.CATALOGUE + "/search" + query), new TypeReference<>() {});
    }

    /** Manifests of the datazone that could not be read. */
    public List<ManifestProblem> catalogueProblems() {
        return transport.fetch(Call.get(ApiPaths.CATALOGUE + "/problems"), new TypeReference<>() {});
    }

    public CatalogueEntry datalab(DatalabId datalab) {
        return transport.fetch(Call.get(ApiPaths.CATALOGUE + "/" + datalab), new TypeReference<>() {});
    }

    public CatalogueEntry mark(DatalabId datalab, Marks marks) {
        return transport.fetch(
                Call.put(ApiPaths.CATALOGUE + "/" + datalab + "/marks", marks), new TypeReference<>() {});
    }

    public List<Volume> volumes() {
        return transport.fetch(Call.get(ApiPaths.VOLUMES), new TypeReference<>() {});
    }

    public Volume addVolume(NewVolume volume) {
        return transport.fetch(Call.post(ApiPaths.VOLUMES, volume), new TypeReference<>() {});
    }

    public void removeVolume(VolumeId volume) {
        transport.send(Call.delete(ApiPaths.VOLUMES + "/" + volume));
    }

    /** Sessions that have not been destroyed, newest first. */
    public List<Session> sessions() {
        return transport.fetch(Call.get(ApiPaths.SESSIONS), new TypeReference<>() {});
    }

    /** Sessions that were destroyed in the last 30 days, newest first. */
    public List<Session> endedSessions() {
        return transport.fetch(Call.get(ApiPaths.SESSIONS + "?ended=true"), new TypeReference<>() {});
    }

    /** Launches once, however often the request has to be sent. */
    public Session launch(LaunchRequest request) {
        return launch(request, UUID.randomUUID().toString());
    }

    /**
     * Launches once for all calls with the same key.
     *
     * @param key 8 to 64 characters of {@code A-Z a-z 0-9 -}
     */
    public Session launch(LaunchRequest request, String key) {
        return transport.fetch(
                Call.post(ApiPaths.SESSIONS, request).withKey(ApiPaths.IDEMPOTENCY_KEY, key), new TypeReference<>() {});
    }

    public Session session(SessionId session) {
        return transport.fetch(Call.get(path(session)), new TypeReference<>() {});
    }

    public Session change(SessionId session, SessionChange change) {
        return transport.fetch(Call.patch(path(session), change), new TypeReference<>() {});
    }

    /** Ends a session; empty when it had already ended and is now gone from the list. */
    public Optional<Session> destroy(SessionId session) {
        Answer answer = transport.send(Call.delete(path(session)));
        return answer.status() == 204
                ? Optional.empty()
                : Optional.of(transport.reader().read(answer, new TypeReference<Session>() {}));
    }

    /** A one-time admission of a browser; a secret. */
    public Ticket ticket(SessionId session) {
        return transport.fetch(Call.post(path(session) + "/tickets", null), new TypeReference<>() {});
    }

    /** A one-time admission of a browser to look at a desktop and not act in it; a secret. */
    public Ticket viewTicket(SessionId session) {
        return transport.fetch(
                Call.post(path(session) + "/tickets", new TicketRequest(true)), new TypeReference<>() {});
    }

    /** The absolute address that {@code ticket} opens; a secret. */
    public URI resolve(Ticket ticket) {
        return URI.create((ticket.origin() == null ? address() : ticket.origin()) + ticket.path());
    }

    /**
     * A part of the log.
     *
     * @param after position to start from, 0 for the beginning
     * @param limit most lines
     * @param waitSeconds how long the datazone may wait for a line when there is none yet, 0 to 30
     */
    public LogPage log(SessionId session, long after, int limit, int waitSeconds) {
        Query query = new Query()
                .add("after", String.valueOf(after))
                .add("limit", String.valueOf(limit))
                .add("wait", String.valueOf(waitSeconds));
        Call call = Call.get(path(session) + "/log" + query).within(Call.SHORT.plus(Duration.ofSeconds(waitSeconds)));
        return transport.fetch(call, new TypeReference<>() {});
    }

    /** Samples of the last ten minutes, oldest first. */
    public List<UsageSample> usage(SessionId session) {
        return transport.fetch(Call.get(path(session) + "/usage"), new TypeReference<>() {});
    }

    Transport transport() {
        return transport;
    }

    /** Ends calls that are under way with a problem. Event streams of this client are closed on their own. */
    @Override
    public void close() {
        transport.close();
    }

    private static String path(SessionId session) {
        return ApiPaths.SESSIONS + "/" + session;
    }

    /** The query part of an address. */
    private static final class Query {
        private final List<String> parameters = new ArrayList<>();

        Query add(String name, @Nullable String value) {
            if (value != null) {
                parameters.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
            return this;
        }

        @Override
        public String toString() {
            return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
        }
    }
}
