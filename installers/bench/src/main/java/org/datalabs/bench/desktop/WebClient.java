package org.datalabs.bench.desktop;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import org.datalabs.desktop.session.gateway.Download;
import org.datalabs.desktop.session.link.SessionConnection;
import org.datalabs.desktop.session.link.SessionEnvironment;
import org.datalabs.desktop.session.web.PageDialogs;
import org.datalabs.desktop.session.web.WebSessionView;

/**
 * The app's web view alone in a window of 800 × 600, shims and gateway included; the page counts its frames itself.
 * Argument: a ticket's address.
 */
public final class WebClient {
    private WebClient() {}

    public static void main(String[] arguments) {
        URI ticket = URI.create(arguments[0]);
        Platform.startup(() -> open(ticket));
    }

    private static void open(URI ticket) {
        SessionEnvironment environment = new SessionEnvironment(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                Executors.newCachedThreadPool(),
                Executors.newSingleThreadScheduledExecutor(),
                Clock.systemUTC());
        // The gateway serves the one session of the path.
        String id = ticket.getPath().split("/")[2];
        SessionConnection connection = new SessionConnection() {
            @Override
            public String sessionId() {
                return id;
            }

            @Override
            public CompletionStage<URI> ticketUrl() {
                return CompletableFuture.completedFuture(ticket);
            }
        };
        WebSessionView view = new WebSessionView(connection, environment, new Silent(), Download::refuse, link -> {});
        Stage stage = new Stage(StageStyle.UNDECORATED);
        stage.setScene(new Scene(view, AnimatedScreen.WIDTH, AnimatedScreen.HEIGHT));
        stage.setX(0);
        stage.setY(0);
        stage.show();
        stage.setWidth(AnimatedScreen.WIDTH);
        stage.setHeight(AnimatedScreen.HEIGHT);
        view.start();
        view.loadingProperty().addListener((property, before, loading) -> view.requestFocus());
    }

    /** Nobody is there to answer. */
    private static final class Silent implements PageDialogs {
        @Override
        public void alert(String message) {}

        @Override
        public boolean confirm(String message) {
            return false;
        }

        @Override
        public Optional<String> prompt(String message, String initial) {
            return Optional.empty();
        }
    }
}
