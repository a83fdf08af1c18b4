package org.datalabs.core.api;

import org.datalabs.core.session.SessionId;

/**
 * The paths of the HTTP API, below a datazone's address.
 *
 * <table>
 * <caption>Routes</caption>
 * <tr><td>GET /api/v1/datazone</td><td>{@link DatazoneInfo}</td></tr>
 * <tr><td>GET /api/v1/capacity</td><td>Capacity</td></tr>
 * <tr><td>GET /api/v1/me</td><td>{@link Me}</td></tr>
 * <tr><td>GET /api/v1/catalogue?cursor=&amp;limit=</td><td>CataloguePage; honours If-None-Match</td></tr>
 * <tr><td>GET /api/v1/catalogue/search?q=&amp;kind=&amp;domain=&amp;mission=&amp;instrument=&amp;theme=&amp;sort=&amp;offset=&amp;limit=</td><td>CatalogueResult; a facet is repeated for alternatives, sort is a name of CatalogueQuery.Sort</td></tr>
 * <tr><td>GET /api/v1/catalogue/problems</td><td>list of ManifestProblem</td></tr>
 * <tr><td>GET /api/v1/catalogue/{datalab}</td><td>CatalogueEntry</td></tr>
 * <tr><td>PUT /api/v1/catalogue/{datalab}/marks</td><td>{@link Marks} in, CatalogueEntry out</td></tr>
 * <tr><td>GET /api/v1/volumes</td><td>list of Volume</td></tr>
 * <tr><td>POST /api/v1/volumes</td><td>NewVolume in, 201 Volume out</td></tr>
 * <tr><td>DELETE /api/v1/volumes/{volume}</td><td>204</td></tr>
 * <tr><td>GET /api/v1/sessions?ended=</td><td>list of Session, newest first; ended=true: STOPPED ones of the last 30 days</td></tr>
 * <tr><td>POST /api/v1/sessions</td><td>LaunchRequest in, 202 Session out; an Idempotency-Key makes it safe to repeat</td></tr>
 * <tr><td>GET /api/v1/sessions/{session}</td><td>Session</td></tr>
 * <tr><td>PATCH /api/v1/sessions/{session}</td><td>{@link SessionChange} in, Session out</td></tr>
 * <tr><td>DELETE /api/v1/sessions/{session}</td><td>202 Session; 204 when it had already ended (FAILED ones are removed)</td></tr>
 * <tr><td>POST /api/v1/sessions/{session}/tickets</td><td>{@link TicketRequest} in, or nothing, 201 Ticket out</td></tr>
 * <tr><td>GET /api/v1/sessions/{session}/log?after=&amp;limit=&amp;wait=</td><td>LogPage; waits up to {@code wait} seconds (30 at most) for a line</td></tr>
 * <tr><td>GET /api/v1/sessions/{session}/usage</td><td>list of UsageSample, oldest first, last ten minutes</td></tr>
 * <tr><td>GET /api/v1/events</td><td>server-sent events, see {@link DatazoneEvent}; resumes by Last-Event-ID</td></tr>
 * <tr><td>GET /api/v1/openapi.json</td><td>OpenAPI 3.1</td></tr>
 * <tr><td>GET /health, GET /ready</td><td>without sign-in</td></tr>
 * <tr><td>/s/{session}/…, /s/{session}/vnc</td><td>the data plane</td></tr>
 * </table>
 */
public final class ApiPaths {
    public static final String API = "/api/v1";
    public static final String DATAZONE = API + "/datazone";
    public static final String CAPACITY = API + "/capacity";
    public static final String ME = API + "/me";
    public static final String CATALOGUE = API + "/catalogue";
    public static final String VOLUMES = API + "/volumes";
    public static final String SESSIONS = API + "/sessions";
    public static final String EVENTS = API + "/events";
    public static final String OPENAPI = API + "/openapi.json";
    public static final String HEALTH = "/health";
    public static final String READY = "/ready";

    /** Header with which a launch may be repeated without launching twice; 8 to 64 characters of {@code A-Z a-z 0-9 -}. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private ApiPaths() {}

    /** Root of a session's data plane, with a slash at both ends. */
    public static String dataPlane(SessionId session) {
        return "/s/" + session.value() + "/";
    }

    /** The WebSocket onto a desktop session's RFB stream. */
    public static String vnc(SessionId session) {
        return dataPlane(session) + "vnc";
    }
}
