package org.datalabs.desktop.volumes;

import org.datalabs.desktop.launch.LaunchPort;
import org.datalabs.desktop.launch.NewVolumeForms;
import org.datalabs.desktop.view.Screen;
import org.datalabs.desktop.view.ScreenContext;

/** Puts the screen of volumes together; for the composition root. */
public final class VolumesFeature {
    private VolumesFeature() {}

    public static Screen create(ScreenContext context, LaunchPort launches) {
        return new VolumesView(context, new VolumesViewModel(context.datazones()), launches);
    }

    /** What the launch wizard shows when a folder is to become a volume. */
    public static NewVolumeForms forms() {
        return (datazone, onAdded, onCancelled) ->
                new NewVolumeView(new NewVolumeViewModel(datazone, onAdded), onCancelled);
    }
}
