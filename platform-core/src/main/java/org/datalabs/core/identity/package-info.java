/**
 * Who acts. Every record of the platform carries its owner, also where there is only one user. Immutable values.
 */
@NullMarked
package org.datalabs.core.identity;

import org.jspecify.annotations.NullMarked;
