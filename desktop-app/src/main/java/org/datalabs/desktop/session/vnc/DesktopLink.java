package org.datalabs.desktop.session.vnc;

import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.desktop.session.link.BackOff;
import org.datalabs.desktop.session.link.Entry;
import org.datalabs.desktop.session.link.LinkState;
import org.datalabs.desktop.session.link.SessionAccess;
import org.datalabs.desktop.session.link.SessionEnvironment;
import org.datalabs.desktop.session.link.SessionGoneException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one desktop connected: opens it, notices its loss, tries again with growing pauses until it is closed. Its methods
 * are called on the FX thread; each try has a number, and what an older try still says is dropped.
 */
final class DesktopLink {
    private static final Duration PING_EVERY = Duration.ofSeconds(5);

    private final SessionAccess access;
    private final SessionEnvironment environment;
    private final Clock clock;
    private final PictureEncoding encoding;
    private final RfbEvents events;
    private final ReadOnlyObjectWrapper<LinkState> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LinkState.Connecting(1));
    private final ReadOnlyObjectWrapper<@Nullable Duration> roundTrip =
            new ReadOnlyObjectWrapper<>(this, "roundTrip", null);

    private int tries;
    private int failures;
    private boolean started;
    private boolean paused;
    private @Nullable RfbSocket socket;
    private @Nullable RfbConnection connection;
    private @Nullable ScheduledFuture<?> nextTry;
    private @Nullable ScheduledFuture<?> pings;

    /** @param events called on the reader thread of the try that is under way */
    DesktopLink(SessionAccess access, SessionEnvironment environment, PictureEncoding encoding, RfbEvents events) {
        this.access = access;
        this.environment = environment;
        this.clock = environment.clock();
        this.encoding = encoding;
        this.events = events;
    }

    ReadOnlyObjectProperty<LinkState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable Duration> roundTripProperty() {
        return roundTrip.getReadOnlyProperty();
    }

    void start() {
        if (!started && !(state.get() instanceof LinkState.Closed)) {
            started = true;
            attempt();
        }
    }

    /** Tries at once instead of at the planned time. */
    void retryNow() {
        if (started && state.get() instanceof LinkState.Lost) {
            attempt();
        }
    }

    void setPaused(boolean pause) {
        paused = pause;
        RfbConnection open = connection;
        if (open != null) {
            open.setPaused(pause);
        }
    }

    /** The open connection, or null while there is none. */
    @Nullable
    RfbConnection connection() {
        return connection;
    }

    void close(Problem reason) {
        if (state.get() instanceof LinkState.Closed) {
            return;
        }
        tries++;
        drop();
        state.set(new LinkState.Closed(reason));
    }

    private void attempt() {
        int mine = ++tries;
        drop();
        state.set(new LinkState.Connecting(failures + 1));
        access.enter().whenComplete((entry, refusal) -> {
            if (refusal != null) {
                Platform.runLater(() -> failed(mine, null, refusal));
                return;
            }
            new RfbSocket()
                    .open(environment.http(), entry)
                    .whenComplete((opened, failure) -> Platform.runLater(() -> {
                        if (failure != null) {
                            failed(mine, entry, failure);
                        } else if (mine == tries) {
                            read(mine, opened);
                        } else {
                            opened.close();
                        }
                    }));
        });
    }

    private void read(int mine, RfbSocket opened) {
        socket = opened;
        RfbConnection reader = new RfbConnection(
                opened.input(),
                opened.output(),
                new ForwardingEvents(events, () -> Platform.runLater(() -> connected(mine))),
                encoding);
        connection = reader;
        reader.setPaused(paused);
        Thread thread = new Thread(
                () -> {
                    Throwable end;
                    try {
                        reader.run();
                        end = new IOException("The desktop ended.");
                    } catch (IOException | RuntimeException e) {
                        end = e;
                    }
                    Throwable cause = end;
                    opened.close();
                    Platform.runLater(() -> failed(mine, null, cause));
                },
                "desktop-" + access.sessionId());
        thread.setDaemon(true);
        thread.start();
    }

    private void connected(int mine) {
        RfbSocket open = socket;
        if (mine != tries || open == null) {
            return;
        }
        failures = 0;
        state.set(new LinkState.Connected(clock.instant()));
        pings = environment
                .scheduler()
                .scheduleWithFixedDelay(
                        () -> {
                            open.ping();
                            Platform.runLater(() -> {
                                if (mine == tries) {
                                    roundTrip.set(open.roundTrip());
                                }
                            });
                        },
                        0,
                        PING_EVERY.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void failed(int mine, @Nullable Entry entry, Throwable failure) {
        if (mine != tries) {
            return;
        }
        drop();
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof SessionGoneException gone) {
            close(gone.problem());
            return;
        }
        if (cause instanceof RfbConnection.RfbRefusedException refused) {
            close(unreachable(String.valueOf(refused.getMessage()), "Stop this datalab and launch it again."));
            return;
        }
        // Any refused handshake may be an old cookie's; the next try brings a fresh one.
        if (entry != null && cause instanceof WebSocketHandshakeException) {
            access.refused(entry);
        }
        failures++;
        Instant next = clock.instant().plus(BackOff.after(failures));
        state.set(new LinkState.Lost(
                failures,
                next,
                unreachable("The connection to this datalab was lost.", "It is tried again by itself.")));
        nextTry = environment
                .scheduler()
                .schedule(
                        () -> Platform.runLater(() -> {
                            if (mine == tries) {
                                attempt();
                            }
                        }),
                        BackOff.after(failures).toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private static Problem unreachable(String what, String remedy) {
        return Problem.of(ProblemCode.SESSION_UNREACHABLE, what, remedy);
    }

    private void drop() {
        RfbSocket open = socket;
        if (open != null) {
            open.close();
        }
        ScheduledFuture<?> planned = nextTry;
        if (planned != null) {
            planned.cancel(false);
        }
        ScheduledFuture<?> pinging = pings;
        if (pinging != null) {
            pinging.cancel(false);
        }
        socket = null;
        connection = null;
        nextTry = null;
        pings = null;
        roundTrip.set(null);
    }
}
