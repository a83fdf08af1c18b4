package org.datalabs.desktop.session.real;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's Jupyter notebook on a loopback port, below a session's path, without a token of its own. */
public final class JupyterServer implements AutoCloseable {
    private final Process process;
    private final int port;

    /**
     * Starts it and waits until it takes connections.
     *
     * @param root its base path, with a slash at both ends
     * @param folder where its notebooks and its own files are
     */
    public JupyterServer(String root, Path folder) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(
                "jupyter-notebook",
                "--no-browser",
                "--allow-root",
                "--ip=127.0.0.1",
                "--port=" + port,
                "--NotebookApp.port_retries=0",
                "--NotebookApp.base_url=" + root,
                "--NotebookApp.token=",
                "--NotebookApp.password=",
                "--notebook-dir=" + folder);
        builder.environment().put("HOME", folder.toString());
        builder.environment()
                .put("JUPYTER_RUNTIME_DIR", folder.resolve("runtime").toString());
        process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("jupyter.log").toFile())
                .start();
        Until.holds("Jupyter listens", () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    public int port() {
        return port;
    }

    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
