package org.datalabs.backend.pool;

import java.util.ArrayList;
import java.util.List;
import org.datalabs.backend.catalogue.Datalabs;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.volume.Volumes;
import org.datalabs.core.catalogue.Availability;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.LaunchDecision;
import org.datalabs.core.launch.LaunchPlan;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.launch.LaunchRules;
import org.datalabs.core.launch.Quota;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemException;

/** Makes out of the operator's settings what pools hold, by the same rules as every launch. Thread-safe. */
public final class PoolPlans {
    /** The reconciler ends a member at this age even if nobody keeps its pool any more. */
    private static final int LIFETIME_MINUTES = 1440;

    /** Far more than any cluster has. */
    private static final QuotaUse UNBOUNDED = new QuotaUse(
            new Quota(1_000_000, new Resources(1_000_000_000, Long.MAX_VALUE / 2, 1_000_000)), 0, Resources.NONE);

    private final List<PoolSetting> settings;
    private final Datalabs datalabs;
    private final Volumes volumes;
    private final SessionRuntime runtime;

    public PoolPlans(List<PoolSetting> settings, Datalabs datalabs, Volumes volumes, SessionRuntime runtime) {
        this.settings = List.copyOf(settings);
        this.datalabs = datalabs;
        this.volumes = volumes;
        this.runtime = runtime;
    }

    /**
     * What is to be kept now.
     *
     * @param pools those that can be kept
     * @param problems why the others cannot, with their places in the settings
     */
    public record Outcome(List<Pool> pools, List<Problem> problems) {
        public Outcome {
            pools = List.copyOf(pools);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Refuses settings that cannot be followed; waits until the catalogue has been read.
     *
     * @throws ProblemException BAD_REQUEST with file, line and field of what is wrong
     */
    public void check() {
        outcome().problems().stream().findFirst().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
    }

    /** Compares the settings with the catalogue as it is. */
    public Outcome outcome() {
        List<Pool> pools = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (PoolSetting setting : settings) {
            try {
                pools.add(pool(setting, pools));
            } catch (Unkept e) {
                problems.add(e.problem);
            }
        }
        return new Outcome(pools, problems);
    }

    private Pool pool(PoolSetting setting, List<Pool> earlier) throws Unkept {
        Datalab datalab = datalabs.find(setting.datalab())
                .orElseThrow(() -> new Unkept(setting.problem(
                        "datalab",
                        "There is no datalab " + setting.datalab() + " in the catalogue.",
                        "Name one of the catalogue, or leave the pool out.")));
        LaunchPlan plan = plan(setting, datalab);
        if (earlier.stream().anyMatch(pool -> pool.plan().asksFor(plan))) {
            throw new Unkept(setting.problem(
                    "datalab",
                    "Another pool keeps the same sessions.",
                    "Leave one of the two out, and add their numbers."));
        }
        return new Pool(plan, setting.ready());
    }

    private LaunchPlan plan(PoolSetting setting, Datalab datalab) throws Unkept {
        LaunchRequest request = new LaunchRequest(
                datalab.id(), setting.version(), null, setting.preset(), null, null, null, LIFETIME_MINUTES);
        LaunchDecision decision = LaunchRules.decide(request, datalab, volumes.of(UserId.PLATFORM), UNBOUNDED);
        if (decision instanceof LaunchDecision.Refused refused) {
            Problem problem = refused.problem();
            List<FieldError> errors = problem.fields();
            String field = errors.isEmpty() ? "datalab" : errors.get(0).field();
            throw new Unkept(setting.problem(
                    setting.places().containsKey(field) ? field : "datalab",
                    errors.isEmpty() ? problem.what() : errors.get(0).message(),
                    "Change the pool, or leave it out."));
        }
        LaunchPlan plan = ((LaunchDecision.Accepted) decision).plan();
        Version version = plan.version();
        if (version.home() != Home.TEMPORARY) {
            throw new Unkept(setting.problem(
                    setting.version() == null ? "datalab" : "version",
                    datalab.name() + " " + version.name()
                            + " has its user's own home, which a session that runs cannot be given.",
                    "Keep pools of datalabs only whose manifest says home: temporary."));
        }
        Availability availability = runtime.availability(version, datalab.kind());
        if (!availability.available()) {
            throw new Unkept(setting.problem(
                    "datalab", datalab.name() + " cannot run here. " + availability.reason(), availability.remedy()));
        }
        return plan;
    }

    /** A pool that cannot be kept. */
    private static final class Unkept extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Unkept(Problem problem) {
            super(problem.what());
            this.problem = problem;
        }
    }
}
