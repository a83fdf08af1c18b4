package org.datalabs.desktop.launch;

import java.util.function.Consumer;
import javafx.scene.layout.Region;
import org.datalabs.core.volume.Volume;
import org.datalabs.desktop.datazone.Datazone;

/** Makes the form by which a folder becomes a volume; what the wizard needs of the screen of volumes. */
public interface NewVolumeForms {
    /**
     * A new form.
     *
     * @param onAdded gets the volume once the datazone has taken it
     * @param onCancelled told when the user gives up
     */
    Region create(Datazone datazone, Consumer<Volume> onAdded, Runnable onCancelled);
}
