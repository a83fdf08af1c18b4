package org.datalabs.desktop.app;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.datalabs.desktop.view.Browser;

/** Opens addresses with the system's own command. AWT could as well, but would bring a second toolkit into the process. */
final class SystemBrowser implements Browser {
    private static final Logger LOG = System.getLogger(SystemBrowser.class.getName());

    private final List<String> command;
    private final Executor worker;
    private final Consumer<URI> onFailure;

    /**
     * @param os name of the operating system, as Java tells it
     * @param worker runs the command
     * @param onFailure told, on the worker, of an address that could not be opened
     */
    SystemBrowser(String os, Executor worker, Consumer<URI> onFailure) {
        this.command = command(os.toLowerCase(Locale.ROOT));
        this.worker = worker;
        this.onFailure = onFailure;
    }

    @Override
    public void open(URI address) {
        boolean web = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
        if (web && address.getHost() != null) {
            worker.execute(() -> run(address));
        }
    }

    private void run(URI address) {
        List<String> words = new ArrayList<>(command);
        words.add(address.toASCIIString());
        try {
            Process process = new ProcessBuilder(words)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The browser could not be started with " + command.get(0), e);
            onFailure.accept(address);
        }
    }

    private static List<String> command(String os) {
        if (os.contains("mac")) {
            return List.of("open");
        }
        return os.contains("win") ? List.of("rundll32", "url.dll,FileProtocolHandler") : List.of("xdg-open");
    }
}
