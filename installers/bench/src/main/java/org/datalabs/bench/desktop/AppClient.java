package org.datalabs.bench.desktop;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import org.datalabs.desktop.session.link.SessionConnection;
import org.datalabs.desktop.session.link.SessionEnvironment;
import org.datalabs.desktop.session.vnc.DesktopSessionView;
import org.datalabs.desktop.session.vnc.PictureEncoding;

/**
 * The app's desktop view alone in a window of 800 × 600. Prints each second how many screen frames have shown a new
 * picture. Arguments: a ticket's address, the picture's encoding.
 */
public final class AppClient {
    private AppClient() {}

    public static void main(String[] arguments) {
        URI ticket = URI.create(arguments[0]);
        PictureEncoding encoding = PictureEncoding.valueOf(arguments[1]);
        Platform.startup(() -> open(ticket, encoding));
    }

    private static void open(URI ticket, PictureEncoding encoding) {
        SessionEnvironment environment = new SessionEnvironment(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                Executors.newCachedThreadPool(),
                Executors.newSingleThreadScheduledExecutor(),
                Clock.systemUTC());
        SessionConnection connection = new SessionConnection() {
            @Override
            public String sessionId() {
                return "bench";
            }

            @Override
            public CompletionStage<URI> ticketUrl() {
                return CompletableFuture.completedFuture(ticket);
            }
        };
        DesktopSessionView view = new DesktopSessionView(connection, environment, encoding);
        view.start();
        Stage stage = new Stage(StageStyle.UNDECORATED);
        stage.setScene(new Scene(view, AnimatedScreen.WIDTH, AnimatedScreen.HEIGHT));
        stage.setX(0);
        stage.setY(0);
        stage.show();
        stage.setWidth(AnimatedScreen.WIDTH);
        stage.setHeight(AnimatedScreen.HEIGHT);
        view.requestFocus();
        new FrameCounter(view).start();
    }

    /** Counts screen frames, not updates: two updates within one frame are one. */
    private static final class FrameCounter extends AnimationTimer {
        private final DesktopSessionView view;
        private long before;
        private long shown;
        private long said;

        FrameCounter(DesktopSessionView view) {
            this.view = view;
        }

        @Override
        public void handle(long now) {
            if (view.framesShown() != before) {
                before = view.framesShown();
                shown++;
            }
            if (now - said > 1_000_000_000L) {
                said = now;
                System.out.println("frames " + shown);
            }
        }
    }
}
