package org.datalabs.backend.runtime;

import java.nio.file.Path;

/** Where the server inside a session listens: HTTP for a web datalab, RFB (RFC 6143) for a desktop one. */
public sealed interface Endpoint {
    record UnixSocket(Path path) implements Endpoint {}

    record Tcp(String host, int port) implements Endpoint {}
}
