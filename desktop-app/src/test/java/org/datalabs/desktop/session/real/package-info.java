/** Real counterparts for the tests of sessions: a datazone's data plane in small, X servers, X programs, Jupyter. */
@NullMarked
package org.datalabs.desktop.session.real;

import org.jspecify.annotations.NullMarked;
