/**
 * Runs sessions on this computer: a bubblewrap sandbox each, with a private network, limits by control groups where the
 * system grants them, and for desktop datalabs an X server that speaks RFB on a UNIX socket. {@code LocalRuntime} owns
 * what runs; the state folder's {@code run} holds a folder per session, {@code sessions} its log, {@code homes} the
 * users' homes. Public methods may be called from any thread; processes are started by one thread that lives as long as
 * the runtime, since the kernel ends a sandbox together with the thread that started it.
 */
@NullMarked
package org.datalabs.backend.runtime.local;

import org.jspecify.annotations.NullMarked;
