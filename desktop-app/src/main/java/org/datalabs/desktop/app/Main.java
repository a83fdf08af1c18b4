package org.datalabs.desktop.app;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.scene.control.Alert;
import javafx.stage.Stage;
import org.datalabs.core.problem.Problem;
import org.datalabs.desktop.datazone.AppFolders;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.instance.AppInstance;
import org.datalabs.desktop.instance.Claim;
import org.datalabs.desktop.instance.ShowRequest;
import org.jspecify.annotations.Nullable;

/**
 * Starts the app: {@code --datazone URL} to work on a datazone, {@code --state DIR} to keep everything in a folder, {@code
 * --train DIR} to rehearse there and end.
 */
public final class Main {
    private static final int BAD_USAGE = 2;
    private static final int REFUSED = 1;

    private Main() {}

    /** Returns while the window is open; the process ends with the window. */
    public static void main(String[] words) {
        int status = start(List.of(words), System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    private static int start(List<String> words, PrintStream out, PrintStream err) {
        Texts texts = Texts.of(Main.class);
        Arguments.Reading reading = Arguments.read(words);
        if (reading instanceof Arguments.Reading.Good good) {
            return open(good.arguments(), err);
        } else if (reading instanceof Arguments.Reading.Bad bad) {
            err.println(bad.message());
            err.println(texts.get("arguments.usage"));
            return BAD_USAGE;
        }
        out.println(texts.get("arguments.usage"));
        return 0;
    }

    private static int open(Arguments arguments, PrintStream err) {
        AppFolders folders = folders(arguments.state());
        Claim claim = AppInstance.claim(folders.desktop(), new ShowRequest(arguments.datazone()));
        if (claim instanceof Claim.Refused refused) {
            err.println(refused.problem().text());
            showRefusal(refused.problem());
            return REFUSED;
        }
        if (claim instanceof Claim.First first) {
            // Datazones connect while the user interface starts.
            Program program = new Program(folders, arguments.datazone(), first.instance());
            Platform.startup(() -> program.open(new Stage(), arguments.training()));
        }
        return 0;
    }

    private static AppFolders folders(@Nullable Path state) {
        if (state == null) {
            return AppFolders.of(System::getProperty, System::getenv);
        }
        return new AppFolders(state.resolve("config"), state);
    }

    /** Blocks until the user has read it. */
    private static void showRefusal(Problem problem) {
        CountDownLatch read = new CountDownLatch(1);
        try {
            Platform.startup(() -> {
                Alert alert = new Alert(Alert.AlertType.WARNING, problem.text());
                alert.setHeaderText(problem.code().title());
                alert.showAndWait();
                read.countDown();
            });
            read.await();
        } catch (UnsupportedOperationException noDisplay) {
            // Standard error has said it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
