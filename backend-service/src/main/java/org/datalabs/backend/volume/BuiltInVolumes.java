package org.datalabs.backend.volume;

import java.util.List;
import org.datalabs.core.volume.Volume;

/** Volumes that every user has. Thread-safe; may block on the file system. */
@FunctionalInterface
public interface BuiltInVolumes {
    List<Volume> list();
}
