package org.datalabs.backend.identity;

import java.util.List;
import java.util.function.Function;
import org.datalabs.backend.http.Answer;
import org.datalabs.backend.http.Route;
import org.datalabs.backend.http.Shape;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.api.Me;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.QuotaUse;

/** The route about the signed-in user. */
public final class IdentityRoutes {
    private final Function<UserId, QuotaUse> quota;

    /**
     * @param quota what a user holds; may block
     */
    public IdentityRoutes(Function<UserId, QuotaUse> quota) {
        this.quota = quota;
    }

    public List<Route> routes() {
        return List.of(Route.get(ApiPaths.ME)
                .summary("The signed-in user and their quota.")
                .answers(200, Shape.of(Me.class))
                .by(request -> Answer.ok(
                        new Me(request.user(), quota.apply(request.user().id())))));
    }
}
