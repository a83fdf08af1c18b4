package org.datalabs.core.api;

import org.datalabs.core.identity.User;
import org.datalabs.core.launch.QuotaUse;

/** The signed-in user and their quota. */
public record Me(User user, QuotaUse quota) {}
