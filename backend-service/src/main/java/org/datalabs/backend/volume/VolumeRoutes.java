package org.datalabs.backend.volume;

import java.util.List;
import org.datalabs.backend.http.Answer;
import org.datalabs.backend.http.ApiRequest;
import org.datalabs.backend.http.Route;
import org.datalabs.backend.http.Shape;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.volume.NewVolume;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;

/** The routes of volumes. */
public final class VolumeRoutes {
    private final VolumeService volumes;

    public VolumeRoutes(VolumeService volumes) {
        this.volumes = volumes;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(ApiPaths.VOLUMES)
                        .summary("The volumes that you may mount.")
                        .answers(200, Shape.listOf(Volume.class))
                        .by(request -> Answer.ok(
                                List.copyOf(volumes.of(request.user().id()).values()))),
                Route.post(ApiPaths.VOLUMES)
                        .summary("Adds a folder of the datazone's machine as a volume.")
                        .body(NewVolume.class)
                        .answers(201, Shape.of(Volume.class))
                        .by(request -> Answer.created(volumes.add(request.user().id(), request.body(NewVolume.class)))),
                Route.delete(ApiPaths.VOLUMES + "/{volume}")
                        .summary("Removes a volume that you added; its files stay.")
                        .answers(204)
                        .by(request -> {
                            volumes.remove(request.user().id(), id(request));
                            return Answer.nothing();
                        }));
    }

    private static VolumeId id(ApiRequest request) {
        String value = request.path("volume");
        if (!VolumeId.isValid(value)) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND, "There is no volume of this id.", "Look at the list of volumes.");
        }
        return new VolumeId(value);
    }
}
