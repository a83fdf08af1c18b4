package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way out of a session's private network: slirp4netns, which forwards to the outside but to no address of this
 * computer's loopback. It ends with its standard input, hence with the backend, however that ends.
 */
final class SessionNetwork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionNetwork.class);

    private final Process process;

    private SessionNetwork(Process process) {
        this.process = process;
    }

    /** Connects the network of the sandbox whose first process is {@code pid}; returns without waiting for it. */
    static SessionNetwork connect(Spawner spawner, String program, long pid) throws IOException {
        return new SessionNetwork(spawner.start(List.of(
                program,
                "--configure",
                "--exit-fd=0",
                "--ready-fd=1",
                "--mtu=65520",
                "--disable-host-loopback",
                "--enable-sandbox",
                Long.toString(pid),
                "tap0")));
    }

    Optional<ProcessMark> mark() {
        return ProcessMark.of(process.pid());
    }

    /** Waits until the way out is open. Returns false when it could not be opened. */
    boolean awaitReady() {
        try (InputStream ready = process.getInputStream()) {
            return ready.read() == '1';
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.getOutputStream().close();
            process.getErrorStream().close();
        } catch (IOException e) {
            LOG.debug("it has closed its end first", e);
        }
    }
}
