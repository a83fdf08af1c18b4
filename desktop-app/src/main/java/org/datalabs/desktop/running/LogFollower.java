package org.datalabs.desktop.running;

import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.SessionId;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.problem.Problems;
import org.datalabs.desktop.task.LatestOnly;
import org.jspecify.annotations.Nullable;

/** Reads a session's log and goes on reading while it grows. */
public final class LogFollower {
    private static final int PAGE = 1000;
    private static final int WAIT_SECONDS = 20;

    private final Datazone datazone;
    private final SessionId session;
    private final int keep;
    private final Executor later;
    private final LatestOnly requests = new LatestOnly();
    private final ObservableList<LogPage.Line> lines = FXCollections.observableArrayList();
    private final ObservableList<LogPage.Line> readOnlyLines = FXCollections.unmodifiableObservableList(lines);
    private final ReadOnlyObjectWrapper<@Nullable Problem> problem = new ReadOnlyObjectWrapper<>(this, "problem");
    private long next;
    private boolean following;
    private int turn;

    /**
     * @param keep lines kept, the newest ones
     * @param later runs a task on the JavaFX thread after a short pause; paces the reading
     */
    public LogFollower(Datazone datazone, SessionId session, int keep, Executor later) {
        this.datazone = datazone;
        this.session = session;
        this.keep = keep;
        this.later = later;
    }

    /** Oldest first, unmodifiable. */
    public ObservableList<LogPage.Line> lines() {
        return readOnlyLines;
    }

    /** Why the log cannot be read at the moment, or null. */
    public ReadOnlyObjectProperty<@Nullable Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Begins to read, or goes on where it stopped. */
    public void start() {
        if (!following) {
            following = true;
            turn++;
            ask();
        }
    }

    public void stop() {
        following = false;
        requests.cancel();
    }

    private void ask() {
        requests.follow(datazone.log(session, next, PAGE, WAIT_SECONDS), this::take, this::fail);
    }

    private void take(LogPage page) {
        problem.set(null);
        next = page.next();
        int over = lines.size() + page.lines().size() - keep;
        if (over > 0) {
            lines.remove(0, Math.min(over, lines.size()));
        }
        int from = Math.max(0, page.lines().size() - keep);
        lines.addAll(page.lines().subList(from, page.lines().size()));
        goOn();
    }

    private void fail(Throwable thrown) {
        Problem cause = Problems.of(thrown);
        problem.set(cause);
        if (cause.code() == ProblemCode.NOT_FOUND) {
            following = false;
        } else {
            goOn();
        }
    }

    private void goOn() {
        int mine = turn;
        later.execute(() -> {
            if (following && mine == turn) {
                ask();
            }
        });
    }
}
