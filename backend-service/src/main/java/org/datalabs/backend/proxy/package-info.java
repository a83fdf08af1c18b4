/**
 * The data plane: the reverse proxy at {@code /s/{session}/…}, and who is let in to it.
 *
 * <p>Owns pooled connections to sessions and, through its store, tickets and admissions. Everything runs on the event
 * loop of the client's connection; only the store is asked on workers.
 *
 * <p>Guaranteed, also against the pages and servers of sessions: a request reaches a session only with the API's bearer
 * token or a cookie that was issued for that session and its owner, and both are taken out first; a session sees no
 * platform secret and keeps its own; its cookies and redirects stay below its path; no header of its answers acts on the
 * origin as a whole; paths reach it exactly as they were checked. The API takes bearer tokens only, so a session's page
 * cannot act as its user there.
 *
 * <p>Not guaranteed where sessions share an origin, as they do on a loopback datazone: cookie paths do not part
 * <em>pages</em>, so a datalab that one user runs can reach that user's other datalabs in the same browser, never another
 * user's. Clusters give each session an origin of its own.
 */
@NullMarked
package org.datalabs.backend.proxy;

import org.jspecify.annotations.NullMarked;
