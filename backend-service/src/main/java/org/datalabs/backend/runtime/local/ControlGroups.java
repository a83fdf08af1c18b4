package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.datalabs.core.catalogue.Resources;

/** Where the kernel counts and bounds what sessions use; see cgroups(7). Thread-safe. */
interface ControlGroups {

    /** What cannot be bounded here, a plain sentence each. */
    List<String> notices();

    /**
     * Makes a group.
     *
     * @return the group; empty when this computer does not let us make any
     * @throws IOException when the group could not be made although others can
     */
    Optional<ControlGroup> create(String name, Resources limits) throws IOException;

    /**
     * The folders that a group of that name has, whether it exists or not. A later backend may run in another group of
     * its own and get other folders for the same name.
     */
    List<Path> folders(String name);

    /** A computer that grants no groups. */
    record None() implements ControlGroups {
        @Override
        public List<String> notices() {
            return List.of("Memory and CPU limits are not enforced on this computer: it grants no control groups.");
        }

        @Override
        public Optional<ControlGroup> create(String name, Resources limits) {
            return Optional.empty();
        }

        @Override
        public List<Path> folders(String name) {
            return List.of();
        }
    }
}
