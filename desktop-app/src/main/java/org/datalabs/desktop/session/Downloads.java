package org.datalabs.desktop.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javafx.application.Platform;
import org.datalabs.desktop.control.ToastHost;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.problem.Problems;
import org.datalabs.desktop.session.gateway.Download;

/** Saves the files that sessions offer in the user's folder of downloads; never over another file. */
final class Downloads {
    private static final int MOST_NAMES = 1000;

    private final Path folder;
    private final ToastHost toasts;
    private final Texts texts = Texts.of(Downloads.class);

    Downloads(Path folder, ToastHost toasts) {
        this.folder = folder;
        this.toasts = toasts;
    }

    void save(Download download) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            download.refuse();
            failed(download.fileName(), e);
            return;
        }
        Path file = free(folder, download.fileName());
        CompletableFuture<?> unused = download.saveTo(file, bytes -> {})
                .whenComplete((saved, thrown) -> Platform.runLater(() -> {
                    if (thrown == null) {
                        toasts.show(new ToastHost.Toast(
                                Tone.SUCCESS, texts.get("download.saved", saved.getFileName(), folder), null));
                    } else {
                        failed(download.fileName(), thrown);
                    }
                }));
    }

    private void failed(String name, Throwable thrown) {
        String why = Problems.of(thrown).text();
        toasts.show(new ToastHost.Toast(Tone.DANGER, texts.get("download.failed", name, why), null));
    }

    /** {@code name} in {@code folder}, or the first of {@code name (2)}, {@code name (3)} and so on that is free. */
    static Path free(Path folder, String name) {
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String end = dot > 0 ? name.substring(dot) : "";
        return IntStream.rangeClosed(1, MOST_NAMES)
                .mapToObj(number -> folder.resolve(number == 1 ? name : stem + " (" + number + ")" + end))
                .filter(path -> !Files.exists(path))
                .findFirst()
                .orElse(folder.resolve(name));
    }
}
