/**
 * From a user's choices to a checked plan. The rules are pure and shared: the wizard refuses at once what the backend
 * would refuse. Immutable values.
 */
@NullMarked
package org.datalabs.core.launch;

import org.jspecify.annotations.NullMarked;
