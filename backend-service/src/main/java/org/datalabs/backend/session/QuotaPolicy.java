package org.datalabs.backend.session;

import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.Quota;

/** What each user may hold. Thread-safe; never blocks. */
@FunctionalInterface
public interface QuotaPolicy {
    Quota of(UserId user);
}
