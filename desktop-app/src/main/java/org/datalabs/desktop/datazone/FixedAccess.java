package org.datalabs.desktop.datazone;

import org.datalabs.core.problem.Problem;

/** A datazone that others run. */
record FixedAccess(Endpoint endpoint, String opening) implements DatazoneAccess {
    @Override
    public Endpoint open() {
        return endpoint;
    }

    @Override
    public void answered() {}

    @Override
    public Problem explain(Problem observed) {
        return observed;
    }

    @Override
    public boolean isGone() {
        return false;
    }

    @Override
    public void close() {}
}
