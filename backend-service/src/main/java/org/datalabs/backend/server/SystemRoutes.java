package org.datalabs.backend.server;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.datalabs.backend.http.Answer;
import org.datalabs.backend.http.Route;
import org.datalabs.backend.http.Shape;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.api.DatazoneInfo;
import org.datalabs.core.launch.Capacity;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;

/** The routes about the service itself. */
final class SystemRoutes {
    private final Supplier<DatazoneInfo> info;
    private final Supplier<Capacity> capacity;
    private final BooleanSupplier ready;

    /**
     * The answer of health and readiness.
     *
     * @param status {@code up}
     */
    record Status(String status) {}

    SystemRoutes(Supplier<DatazoneInfo> info, Supplier<Capacity> capacity, BooleanSupplier ready) {
        this.info = info;
        this.capacity = capacity;
        this.ready = ready;
    }

    List<Route> routes() {
        return List.of(
                Route.get(ApiPaths.DATAZONE)
                        .summary("The datazone about itself.")
                        .answers(200, Shape.of(DatazoneInfo.class))
                        .by(request -> Answer.ok(info.get())),
                Route.get(ApiPaths.CAPACITY)
                        .summary("What could be started now; a forecast.")
                        .answers(200, Shape.of(Capacity.class))
                        .by(request -> Answer.ok(capacity.get())),
                Route.get(ApiPaths.HEALTH)
                        .summary("Answers while the process works.")
                        .open()
                        .answers(200, Shape.of(Status.class))
                        .by(request -> Answer.ok(new Status("up"))),
                Route.get(ApiPaths.READY)
                        .summary("Answers 200 while requests are welcome.")
                        .open()
                        .answers(200, Shape.of(Status.class))
                        .by(request -> ready()));
    }

    private Answer ready() {
        if (!ready.getAsBoolean()) {
            throw new ProblemException(
                    ProblemCode.UNREACHABLE,
                    "The datazone is starting, ending, or waits for its database.",
                    "Try again in a moment.");
        }
        return Answer.ok(new Status("up"));
    }
}
