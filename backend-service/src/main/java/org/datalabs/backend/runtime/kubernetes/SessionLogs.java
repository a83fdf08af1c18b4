package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.SessionId;

final class SessionLogs {
    LogPage page(SessionId id, long after, int limit) {
        return new LogPage(List.of(), 0);
    }

    void keep(SessionId id, Pod pod) {}
}
