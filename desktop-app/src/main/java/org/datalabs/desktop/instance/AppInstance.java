package org.datalabs.desktop.instance;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.desktop.i18n.Texts;
import org.jspecify.annotations.Nullable;

/** The one app on a state folder. Thread-safe. */
public final class AppInstance implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AppInstance.class.getName());
    private static final String SHOWN = "shown\n";
    private static final int LONGEST_LINE = 4096;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private final FileChannel lockFile;
    private final Path socketPath;
    private final @Nullable ServerSocketChannel socket;
    private final List<ShowRequest> waiting = new ArrayList<>();
    private @Nullable Consumer<ShowRequest> listener;

    private AppInstance(FileChannel lockFile, Path socketPath, @Nullable ServerSocketChannel socket) {
        this.lockFile = lockFile;
        this.socketPath = socketPath;
        this.socket = socket;
    }

    /**
     * Makes this app the one on {@code folder}, or hands {@code request} to the one that is. Waits a few seconds at most.
     *
     * @param folder is made when it does not exist, for this user only
     */
    public static Claim claim(Path folder, ShowRequest request) {
        Texts texts = Texts.of(AppInstance.class);
        try {
            FileAttribute<?> own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(folder, own);
            Path socketPath = folder.resolve("app.socket");
            FileChannel lockFile =
                    FileChannel.open(folder.resolve("app.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(lockFile)) {
                AppInstance first = new AppInstance(lockFile, socketPath, listen(socketPath));
                first.startListening();
                return new Claim.First(first);
            }
            lockFile.close();
            return isShown(socketPath, request)
                    ? new Claim.Shown()
                    : new Claim.Refused(
                            Problem.of(ProblemCode.ALREADY_RUNNING, texts.get("running"), texts.get("running.remedy")));
        } catch (IOException failure) {
            LOG.log(Level.ERROR, "The state folder " + folder + " cannot be used", failure);
            return new Claim.Refused(
                    Problem.of(ProblemCode.INTERNAL, texts.get("folder", folder), texts.get("folder.remedy")));
        }
    }

    /** Calls {@code newListener} for each second app from now on, and for those that came before. */
    public void onShow(Consumer<ShowRequest> newListener) {
        List<ShowRequest> before;
        synchronized (waiting) {
            listener = newListener;
            before = List.copyOf(waiting);
            waiting.clear();
        }
        before.forEach(newListener);
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
                Files.deleteIfExists(socketPath);
            }
            lockFile.close();
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "The lock of the app could not be given back", failure);
        }
    }

    private static boolean lock(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    /** Null where sockets have no room for the path: then a second app can only say that there is a first. */
    private static @Nullable ServerSocketChannel listen(Path path) throws IOException {
        // What a killed app left behind; its lock is ours now.
        Files.deleteIfExists(path);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            return channel;
        } catch (SocketException unusable) {
            LOG.log(Level.WARNING, "A second app will not find the window of this one", unusable);
            channel.close();
            return null;
        }
    }

    private void startListening() {
        ServerSocketChannel channel = socket;
        if (channel == null) {
            return;
        }
        Thread thread = new Thread(() -> answerAll(channel), "second app");
        thread.setDaemon(true);
        thread.start();
    }

    private void answerAll(ServerSocketChannel channel) {
        while (channel.isOpen()) {
            try (SocketChannel second = channel.accept()) {
                answer(second);
            } catch (ClosedChannelException ended) {
                return;
            } catch (IOException failure) {
                LOG.log(Level.WARNING, "A second app could not be answered", failure);
            }
        }
    }

    private void answer(SocketChannel second) throws IOException {
        ShowRequest request = ShowRequest.parse(read(second, ANSWER_WITHIN)).orElse(null);
        if (request == null) {
            return;
        }
        Consumer<ShowRequest> told;
        synchronized (waiting) {
            told = listener;
            if (told == null) {
                waiting.add(request);
            }
        }
        if (told != null) {
            told.accept(request);
        }
        write(second, SHOWN);
    }

    /** The first app may be about to open its socket, or about to end. */
    private static boolean isShown(Path path, ShowRequest request) {
        long until = System.nanoTime() + ANSWER_WITHIN.toNanos();
        while (System.nanoTime() - until < 0) {
            try (SocketChannel first = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                write(first, request.line() + "\n");
                return read(first, ANSWER_WITHIN).equals(SHOWN.strip());
            } catch (IOException notYet) {
                LOG.log(Level.DEBUG, "The first app does not answer", notYet);
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
        return false;
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** A line without its end, or what came of it in time. */
    private static String read(SocketChannel channel, Duration patience) throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_LINE);
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            while (bytes.hasRemaining() && !isLine(bytes)) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (left <= 0) {
                    break;
                }
                selector.select(left);
                selector.selectedKeys().clear();
                if (((ReadableByteChannel) key.channel()).read(bytes) < 0) {
                    break;
                }
            }
        }
        channel.configureBlocking(true);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
    }

    private static boolean isLine(ByteBuffer bytes) {
        return bytes.position() > 0 && bytes.get(bytes.position() - 1) == '\n';
    }
}
