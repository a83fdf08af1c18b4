package org.datalabs.backend.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.datalabs.backend.http.Authenticator;
import org.datalabs.core.identity.User;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the users of a file by their bearer tokens (RFC 6750), of which the file holds only hashes. It is read again every
 * few seconds; one that cannot be used leaves things as they were and is told of in the log. Thread-safe; asking for a user
 * never blocks.
 */
public final class UsersFile implements Authenticator, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsersFile.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 8 << 20;

    private final Path file;
    private final Duration lookEvery;
    private final ScheduledExecutorService timer;
    private volatile UserList users;
    private byte[] seen;
    private boolean settled;

    /**
     * Reads the file.
     *
     * @throws ProblemException when it cannot be used
     */
    public UsersFile(Path file) {
        this(file, LOOK_EVERY);
    }

    UsersFile(Path file, Duration lookEvery) {
        this.file = file;
        this.lookEvery = lookEvery;
        this.seen = read(file);
        this.users = UserList.parse(file, text(file, seen));
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "users");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public Optional<User> user(@Nullable String authorization) {
        return BearerToken.of(authorization).flatMap(token -> users.byToken(token));
    }

    /** All users, in the order of the file. */
    public Collection<User> all() {
        return users.all();
    }

    /**
     * Begins to look for changes.
     *
     * @param onChange called with all users now and after each change, on a thread of its own; when it throws it is called
     *     again at the next look
     */
    public void follow(Consumer<Collection<User>> onChange) {
        var unused = timer.scheduleWithFixedDelay(() -> look(onChange), 0, lookEvery.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void look(Consumer<Collection<User>> onChange) {
        try {
            byte[] content = read(file);
            if (!Arrays.equals(content, seen)) {
                seen = content;
                users = UserList.parse(file, text(file, content));
                settled = false;
                LOG.info("{} users are listed", users.all().size());
            }
        } catch (ProblemException e) {
            LOG.error("the list of users stays as it was: {}", e.getMessage());
        }
        try {
            if (!settled) {
                onChange.accept(users.all());
                settled = true;
            }
        } catch (RuntimeException e) {
            LOG.warn("the change of users is not settled yet; will try again", e);
        }
    }

    private static byte[] read(Path file) {
        try (var stream = Files.newInputStream(file)) {
            byte[] content = stream.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw unusable(file, "it is longer than " + (MOST_BYTES >> 20) + " MB", null);
            }
            return content;
        } catch (NoSuchFileException e) {
            throw unusable(file, "there is no such file", e);
        } catch (IOException e) {
            throw unusable(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static String text(Path file, byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unusable(file, "it is not UTF-8 text", e);
        }
    }

    private static ProblemException unusable(Path file, String why, @Nullable Exception cause) {
        return new ProblemException(
                Problem.of(
                        ProblemCode.BAD_REQUEST,
                        "The file of users " + file + " cannot be used: " + why + ".",
                        "Correct usersFile in the settings, or let the service read the file."),
                cause);
    }
}
