package org.datalabs.core.launch;

import java.util.Locale;
import java.util.Optional;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;

/** Whether a quota leaves room for one more session; looks at sessions, CPU, memory, GPUs, in this order. Pure. */
public final class QuotaRules {
    private static final String FREE_SOME = "Destroy or pause a running datalab";

    private QuotaRules() {}

    /** Why {@code wanted} cannot be had besides what {@code use} counts; empty when it can. */
    public static Optional<Problem> refusal(Resources wanted, QuotaUse use) {
        Resources limit = use.quota().resources();
        Resources left = use.left();
        if (use.sessionsLeft() == 0) {
            return Optional.of(refused(
                    "You have " + use.sessions() + " of " + use.quota().sessions() + " running datalabs; none is left.",
                    FREE_SOME + ", then launch again."));
        }
        if (wanted.cpuMillis() > left.cpuMillis()) {
            return Optional.of(tooMuch(
                    Amounts.cores(wanted.cpuMillis()),
                    Amounts.number(use.used().cpuMillis()) + " of " + Amounts.cores(limit.cpuMillis()),
                    Amounts.number(left.cpuMillis()),
                    wanted.cpuMillis() > limit.cpuMillis()));
        }
        if (wanted.memoryBytes() > left.memoryBytes()) {
            return Optional.of(tooMuch(
                    Amounts.memory(wanted.memoryBytes()) + " of memory",
                    Amounts.memory(use.used().memoryBytes()) + " of " + Amounts.memory(limit.memoryBytes()),
                    Amounts.memory(left.memoryBytes()),
                    wanted.memoryBytes() > limit.memoryBytes()));
        }
        if (wanted.gpus() > left.gpus()) {
            return Optional.of(tooMuch(
                    Amounts.gpus(wanted.gpus()),
                    use.used().gpus() + " of " + Amounts.gpus(limit.gpus()),
                    String.valueOf(left.gpus()),
                    wanted.gpus() > limit.gpus()));
        }
        return Optional.empty();
    }

    private static Problem tooMuch(String wanted, String held, String left, boolean never) {
        return refused(
                "This launch needs " + wanted + ". You use " + held + "; " + left + " left.",
                never
                        ? "Choose smaller resources; your quota never allows this much."
                        : "Choose smaller resources, or "
                                + FREE_SOME.substring(0, 1).toLowerCase(Locale.ROOT) + FREE_SOME.substring(1)
                                + ".");
    }

    private static Problem refused(String what, String remedy) {
        return Problem.of(ProblemCode.QUOTA_REACHED, what, remedy);
    }
}
