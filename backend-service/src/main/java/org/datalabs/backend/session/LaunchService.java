package org.datalabs.backend.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.datalabs.backend.catalogue.Datalabs;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.volume.Volumes;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.catalogue.Availability;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.LaunchDecision;
import org.datalabs.core.launch.LaunchPlan;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.launch.LaunchRules;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sessions out of requests. Thread-safe. */
public final class LaunchService {
    private static final Logger LOG = LoggerFactory.getLogger(LaunchService.class);
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9-]{8,64}");

    private final Datalabs datalabs;
    private final Volumes volumes;
    private final SessionRuntime runtime;
    private final SessionStore store;
    private final SessionBook book;
    private final DiskSpace disk;
    private final ReadySessions ready;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final ObjectMapper json;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder takenOver = new LongAdder();

    public LaunchService(
            Datalabs datalabs,
            Volumes volumes,
            SessionRuntime runtime,
            SessionStore store,
            SessionBook book,
            DiskSpace disk,
            ReadySessions ready,
            Clock clock,
            ObjectMapper json) {
        this.datalabs = datalabs;
        this.volumes = volumes;
        this.runtime = runtime;
        this.store = store;
        this.book = book;
        this.disk = disk;
        this.ready = ready;
        this.clock = clock;
        this.json = json.copy().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    }

    /**
     * Launches.
     *
     * @param key value of the Idempotency-Key header, or null
     * @throws ProblemException when the launch is refused
     */
    Session launch(UserId user, LaunchRequest request, @Nullable String key) {
        try {
            Session session = launchOnce(user, request, key);
            accepted.increment();
            return session;
        } catch (ProblemException e) {
            refused.increment();
            throw e;
        }
    }

    /** How many launches were accepted here, repeated requests included. */
    public long acceptedCount() {
        return accepted.sum();
    }

    /** How many launches took over a session that was ready. */
    public long takenOverCount() {
        return takenOver.sum();
    }

    /** How many launches were refused here. */
    public long refusedCount() {
        return refused.sum();
    }

    private Session launchOnce(UserId user, LaunchRequest request, @Nullable String key) {
        SessionStore.LaunchKey launchKey = key == null ? null : keyOf(key, request);
        if (launchKey != null) {
            Optional<SessionStore.Launched> earlier = store.launched(user, launchKey);
            if (earlier.isPresent()) {
                return earlier.get().record().session();
            }
        }
        disk.check();
        Datalab datalab = datalabs.find(request.datalab())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND,
                        "There is no datalab " + request.datalab() + " in the catalogue.",
                        "Choose one of the catalogue."));
        checkAvailability(request, datalab);
        Map<VolumeId, Volume> mountable = volumes.of(user);
        Function<QuotaUse, SessionRecord> decide = quota -> {
            LaunchPlan plan = accepted(LaunchRules.decide(request, datalab, mountable, quota));
            return SessionRecord.begin(
                    SessionId.random(random), user, plan, SessionToken.random(random), clock.instant());
        };
        SessionStore.Launched launched = book.launch(user, launchKey, decide, ready);
        if (launched.takenOver()) {
            takenOver.increment();
            LOG.info(
                    "{} took over session {}, which was ready",
                    user,
                    launched.record().id());
        }
        return launched.record().session();
    }

    private void checkAvailability(LaunchRequest request, Datalab datalab) {
        Optional<Version> version =
                request.version() == null ? Optional.of(datalab.currentVersion()) : datalab.version(request.version());
        if (version.isEmpty()) {
            return; // the launch rules name the versions that there are
        }
        Availability availability = runtime.availability(version.get(), datalab.kind());
        if (!availability.available()) {
            throw new ProblemException(
                    ProblemCode.NOT_AVAILABLE_HERE,
                    datalab.name() + " cannot run here. " + availability.reason(),
                    availability.remedy());
        }
    }

    private static LaunchPlan accepted(LaunchDecision decision) {
        if (decision instanceof LaunchDecision.Accepted accepted) {
            return accepted.plan();
        }
        throw new ProblemException(((LaunchDecision.Refused) decision).problem());
    }

    private SessionStore.LaunchKey keyOf(String key, LaunchRequest request) {
        if (!KEY.matcher(key).matches()) {
            throw new ProblemException(
                    Problem.field(ApiPaths.IDEMPOTENCY_KEY, "Give 8 to 64 characters of A-Z, a-z, 0-9 and the dash."));
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(request));
            return new SessionStore.LaunchKey(key, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException("a request is always JSON, and SHA-256 always there", e);
        }
    }
}
