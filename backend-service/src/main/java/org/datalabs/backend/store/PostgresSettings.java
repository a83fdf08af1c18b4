package org.datalabs.backend.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a PostgreSQL server. The service needs sessions of its own, since it listens for notifications: no pooler
 * that shares them out by transaction may stand in between.
 *
 * @param url JDBC URL without credentials
 * @param user role to connect as
 * @param passwordFile file with the role's password, read at every connection so that it can be replaced; null for a server
 *     that asks for none
 * @param connections most connections for requests; two more are used for news and membership
 */
public record PostgresSettings(
        String url, String user, @Nullable Path passwordFile, int connections) {
    public static final int USUAL_CONNECTIONS = 10;

    /** Server and database, for messages. */
    public String address() {
        String rest = url.substring(url.indexOf("//") + 2);
        int parameters = rest.indexOf('?');
        return parameters < 0 ? rest : rest.substring(0, parameters);
    }
}
