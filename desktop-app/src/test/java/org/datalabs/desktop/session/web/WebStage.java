package org.datalabs.desktop.session.web;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.datalabs.desktop.session.gateway.Download;
import org.datalabs.desktop.session.link.SessionEnvironment;
import org.datalabs.desktop.session.real.Environments;
import org.datalabs.desktop.session.real.SmallDatazone;
import org.datalabs.desktop.session.real.Until;

/** A web view in a real window, and what it asked of its surroundings. */
final class WebStage implements AutoCloseable, PageDialogs {
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<Download> downloads = new CopyOnWriteArrayList<>();
    final List<URI> links = new CopyOnWriteArrayList<>();
    private final SessionEnvironment environment = Environments.create();
    private final WebSessionView view;

    WebStage(Stage stage, SmallDatazone datazone) {
        view = onFx(() -> {
            WebSessionView made = new WebSessionView(datazone, environment, this, downloads::add, links::add);
            stage.setScene(new Scene(made, 900, 700));
            stage.show();
            stage.setX(0);
            stage.setY(0);
            stage.setWidth(900);
            stage.setHeight(700);
            made.start();
            return made;
        });
    }

    WebSessionView view() {
        return view;
    }

    static <T> T onFx(Supplier<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                result.complete(action.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        return result.join();
    }

    /** The value of an expression in the page, as text. */
    String eval(String script) {
        return onFx(() -> String.valueOf(view.execute(script)));
    }

    void until(String expression) {
        Until.holds(expression, () -> eval("String(" + expression + ")").equals("true"));
    }

    @Override
    public void alert(String message) {
        asked.add("alert " + message);
    }

    @Override
    public boolean confirm(String message) {
        asked.add("confirm " + message);
        return true;
    }

    @Override
    public Optional<String> prompt(String message, String initial) {
        asked.add("prompt " + message);
        return Optional.of(initial + "!");
    }

    @Override
    public void close() {
        onFx(() -> {
            view.close();
            return true;
        });
        Environments.close(environment);
    }
}
