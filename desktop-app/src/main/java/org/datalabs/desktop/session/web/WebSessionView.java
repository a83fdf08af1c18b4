package org.datalabs.desktop.session.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.layout.StackPane;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.desktop.session.gateway.Download;
import org.datalabs.desktop.session.gateway.GatewayListener;
import org.datalabs.desktop.session.gateway.SessionGateway;
import org.datalabs.desktop.session.link.BackOff;
import org.datalabs.desktop.session.link.LinkState;
import org.datalabs.desktop.session.link.SessionAccess;
import org.datalabs.desktop.session.link.SessionConnection;
import org.datalabs.desktop.session.link.SessionEnvironment;
import org.datalabs.desktop.session.link.SessionGoneException;
import org.jspecify.annotations.Nullable;

/**
 * A web datalab in the window. {@link #start()} opens its gateway in the background and only then makes the WebView, which
 * costs a second; {@link #close()} ends both. FX thread only.
 */
public final class WebSessionView extends StackPane implements AutoCloseable {
    private final SessionConnection connection;
    private final SessionEnvironment environment;
    private final SessionAccess access;
    private final PageDialogs dialogs;
    private final Consumer<Download> downloads;
    private final LinkTarget links;
    private final DoubleProperty zoom = new SimpleDoubleProperty(this, "zoom", 1);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(this, "title", "");
    private final ReadOnlyStringWrapper address = new ReadOnlyStringWrapper(this, "address", "");
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper(this, "loading", true);
    private final ReadOnlyObjectWrapper<LinkState> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LinkState.Connecting(1));
    private @Nullable Runnable onClosed;
    private @Nullable SessionPage page;
    private boolean started;
    private int failures;
    private @Nullable ScheduledFuture<?> nextTry;

    /**
     * Makes the view; nothing is opened yet.
     *
     * @param dialogs asks what pages ask
     * @param downloads takes files that pages offer, on the FX thread; decides each by {@code saveTo} or {@code refuse}
     * @param links takes links that leave the session
     */
    public WebSessionView(
            SessionConnection connection,
            SessionEnvironment environment,
            PageDialogs dialogs,
            Consumer<Download> downloads,
            LinkTarget links) {
        this.connection = connection;
        this.environment = environment;
        this.dialogs = dialogs;
        this.downloads = downloads;
        this.links = links;
        access = new SessionAccess(connection, environment.http());
        getStyleClass().add("web-session");
    }

    /** Opens the datalab's first page; once. */
    public void start() {
        if (started) {
            return;
        }
        started = true;
        environment.background().execute(() -> {
            try {
                PageStorage storage = PageStorage.create();
                SessionGateway opened = SessionGateway.start(access, environment, script(), new Events());
                Platform.runLater(() -> show(opened, storage));
            } catch (IOException e) {
                Platform.runLater(() -> state.set(new LinkState.Closed(Problem.of(
                        ProblemCode.SESSION_UNREACHABLE,
                        "This computer gave no address or no temporary folder to show the datalab with.",
                        "Close other programs, see whether the disk is full, and open the datalab again."))));
            }
        });
    }

    private static byte[] script() {
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        for (String part : new String[] {"shim.js", "held.js", "display.js"}) {
            try (InputStream in = WebSessionView.class.getResourceAsStream(part)) {
                if (in == null) {
                    throw new IllegalStateException(part + " is missing from the program");
                }
                in.transferTo(script);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return script.toByteArray();
    }

    private void show(SessionGateway opened, PageStorage storage) {
        onClosed = () -> {
            opened.close();
            storage.close();
        };
        if (state.get() instanceof LinkState.Closed) {
            environment.background().execute(onClosed);
            return;
        }
        SessionPage shown = new SessionPage(opened, storage, access, environment, dialogs, links);
        page = shown;
        shown.view().zoomProperty().bind(zoom);
        title.bind(shown.titleProperty());
        address.bind(shown.addressProperty());
        loading.bind(shown.loadingProperty());
        getChildren().setAll(shown.view());
        shown.load(opened.visit());
    }

    /** Ends page, sockets and gateway. The datalab itself keeps running. */
    @Override
    public void close() {
        closed(Problem.of(ProblemCode.SESSION_UNREACHABLE, "This datalab's view was closed.", ""));
    }

    private void closed(Problem reason) {
        if (state.get() instanceof LinkState.Closed) {
            return;
        }
        state.set(new LinkState.Closed(reason));
        ScheduledFuture<?> planned = nextTry;
        if (planned != null) {
            planned.cancel(false);
        }
        SessionPage shown = page;
        if (shown != null) {
            shown.close();
        }
        Runnable ending = onClosed;
        if (ending != null) {
            environment.background().execute(ending);
        }
    }

    public void back() {
        SessionPage shown = page;
        if (shown != null) {
            shown.back();
        }
    }

    public void reload() {
        SessionPage shown = page;
        if (shown != null) {
            shown.reload();
        }
    }

    /** 1 is the page's own size. */
    public DoubleProperty zoomProperty() {
        return zoom;
    }

    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /** The page's path below the session's root, without its query; empty at the root. */
    public ReadOnlyStringProperty addressProperty() {
        return address.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<LinkState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** A fresh address for the system's browser, good for one visit: never log it. */
    public CompletionStage<URI> browserAddress() {
        return connection.ticketUrl();
    }

    /** Runs JavaScript in the page; for tests and tours. */
    public @Nullable Object execute(String script) {
        SessionPage shown = page;
        return shown == null ? null : shown.execute(script);
    }

    @Override
    public void requestFocus() {
        SessionPage shown = page;
        if (shown != null) {
            shown.view().requestFocus();
        }
    }

    private void reached() {
        failures = 0;
        if (!(state.get() instanceof LinkState.Closed || state.get() instanceof LinkState.Connected)) {
            state.set(new LinkState.Connected(environment.clock().instant()));
        }
    }

    private void unreachable(Throwable failure) {
        if (state.get() instanceof LinkState.Closed) {
            return;
        }
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof SessionGoneException gone) {
                closed(gone.problem());
                return;
            }
        }
        failures++;
        Instant next = environment.clock().instant().plus(BackOff.after(failures));
        LinkState lost = new LinkState.Lost(
                failures,
                next,
                Problem.of(
                        ProblemCode.SESSION_UNREACHABLE,
                        "The datalab does not answer.",
                        "It is tried again by itself."));
        state.set(lost);
        nextTry = environment
                .scheduler()
                .schedule(
                        () -> Platform.runLater(() -> {
                            if (state.get() == lost) {
                                state.set(new LinkState.Connecting(failures + 1));
                                reload();
                            }
                        }),
                        BackOff.after(failures).toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private static @Nullable Throwable next(Throwable failure) {
        boolean wrapper = failure instanceof CompletionException
                || failure instanceof ExecutionException
                || failure instanceof IOException;
        return wrapper ? failure.getCause() : null;
    }

    private final class Events implements GatewayListener {
        @Override
        public void offered(Download download) {
            Platform.runLater(() -> downloads.accept(download));
        }

        @Override
        public void reached() {
            Platform.runLater(WebSessionView.this::reached);
        }

        @Override
        public void unreachable(Throwable cause) {
            Platform.runLater(() -> WebSessionView.this.unreachable(cause));
        }
    }
}
