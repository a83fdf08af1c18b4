package org.datalabs.desktop.problem;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.desktop.i18n.Texts;

/** Maps what was thrown to a {@link Problem}. */
public final class Problems {
    private static final System.Logger LOG = System.getLogger(Problems.class.getName());
    private static final Texts TEXTS = Texts.of(Problems.class);
    private static final int DEEPEST = 20;

    private Problems() {}

    /** Never fails; what it does not know becomes {@link ProblemCode#INTERNAL} and is logged. */
    public static Problem of(Throwable thrown) {
        Throwable cause = unwrap(thrown);
        if (cause instanceof ProblemException known) {
            return ofKnown(known.problem());
        }
        if (cause instanceof IOException io) {
            return ofIo(io);
        }
        if (cause instanceof TimeoutException) {
            return unreachable(TEXTS.get("late"));
        }
        LOG.log(Level.ERROR, "An unforeseen error", cause);
        return Problem.of(ProblemCode.INTERNAL, TEXTS.get("mistake"), TEXTS.get("mistake.remedy"));
    }

    /** Whether this only says that nobody waits any more; such are not shown. */
    public static boolean isCancellation(Throwable thrown) {
        Throwable cause = unwrap(thrown);
        return cause instanceof CancellationException || cause instanceof InterruptedException;
    }

    /** The datazone tells programs how to sign in; what users have is an access token. */
    private static Problem ofKnown(Problem problem) {
        return problem.code() == ProblemCode.NOT_SIGNED_IN
                ? Problem.of(ProblemCode.NOT_SIGNED_IN, TEXTS.get("token"), TEXTS.get("token.remedy"))
                : problem;
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; depth < DEEPEST; depth++) {
            Throwable inner = cause.getCause();
            boolean wrapper = cause instanceof CompletionException || cause instanceof ExecutionException;
            if (!wrapper || inner == null) {
                return cause;
            }
            cause = inner;
        }
        return cause;
    }

    private static Problem ofIo(IOException io) {
        if (io instanceof HttpTimeoutException) {
            return unreachable(TEXTS.get("late"));
        }
        if (io instanceof UnknownHostException) {
            return unreachable(TEXTS.get("unknown.host"));
        }
        if (io instanceof ConnectException || io instanceof SocketException) {
            return unreachable(TEXTS.get("silent"));
        }
        if (isDiskFull(io)) {
            return Problem.of(ProblemCode.DISK_FULL, TEXTS.get("disk.full"), TEXTS.get("disk.full.remedy"));
        }
        if (io instanceof AccessDeniedException denied) {
            return Problem.of(
                    ProblemCode.FORBIDDEN, TEXTS.get("forbidden", file(denied)), TEXTS.get("forbidden.remedy"));
        }
        if (io instanceof NoSuchFileException missing) {
            return Problem.of(ProblemCode.NOT_FOUND, TEXTS.get("missing", file(missing)), TEXTS.get("missing.remedy"));
        }
        LOG.log(Level.ERROR, "Input or output failed", io);
        String what = io instanceof FileSystemException || io instanceof FileNotFoundException
                ? TEXTS.get("file")
                : TEXTS.get("connection");
        return Problem.of(ProblemCode.INTERNAL, what, TEXTS.get("again"));
    }

    private static Problem unreachable(String what) {
        return Problem.of(ProblemCode.UNREACHABLE, what, TEXTS.get("network.remedy"));
    }

    /** The JDK tells a full disk only by the system's message, which is in English under every locale it is run in. */
    private static boolean isDiskFull(IOException io) {
        String message = io.getMessage();
        if (message == null) {
            return false;
        }
        String lower = message.toLowerCase(Locale.ROOT);
        return lower.contains("no space left on device") || lower.contains("disk quota exceeded");
    }

    private static String file(FileSystemException failure) {
        String file = failure.getFile();
        return file == null ? TEXTS.get("a.file") : file;
    }
}
