package org.datalabs.bench.desktop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * An X program of next to no cost: a star field of 800 × 600 pixels that moves with every one of 60 frames a second, or a
 * plain window that changes its colour with each key press. Speaks the X11 protocol itself.
 *
 * <p>Arguments: number of the display, {@code animate} or {@code flip}.
 */
public final class AnimatedScreen {
    static final int WIDTH = 800;
    static final int HEIGHT = 600;
    private static final int FIELD = 2 * WIDTH;
    private static final long FRAME_NANOS = 1_000_000_000L / 60;
    private static final int KEY_PRESS = 2;

    private final XServer server;
    private final int window;
    private final int gc;
    private final int pixmap;

    private AnimatedScreen(XServer server) {
        this.server = server;
        window = server.name(0);
        gc = server.name(1);
        pixmap = server.name(2);
    }

    public static void main(String[] arguments) throws IOException {
        AnimatedScreen screen = new AnimatedScreen(new XServer(Integer.parseInt(arguments[0])));
        screen.open();
        if ("flip".equals(arguments[1])) {
            screen.flip();
        } else {
            screen.animate();
        }
    }

    private void open() throws IOException {
        // Override-redirect, so that no window manager moves it; events: key presses.
        server.send(XServer.request(1, 0, 11)
                .putInt(window)
                .putInt(server.root())
                .putInt(0)
                .putShort((short) WIDTH)
                .putShort((short) HEIGHT)
                .putShort((short) 0)
                .putShort((short) 1)
                .putInt(0)
                .putInt(0x2 | 0x200 | 0x800)
                .putInt(0)
                .putInt(1)
                .putInt(1));
        server.send(XServer.request(8, 0, 2).putInt(window));
        server.send(XServer.request(55, 0, 4).putInt(gc).putInt(window).putInt(0));
        server.send(XServer.request(42, 1, 3).putInt(window).putInt(0));
    }

    private void flip() throws IOException {
        // The window manager, which still tidies up after the window before, may take the focus away: keys are grabbed.
        server.send(XServer.request(31, 0, 4)
                .putInt(window)
                .putInt(0)
                .put((byte) 1)
                .put((byte) 1)
                .putShort((short) 0));
        int colour = 0;
        while (true) {
            ByteBuffer event = server.read(32);
            if ((event.get(0) & 0x7f) == KEY_PRESS) {
                colour ^= 0xffffff;
                server.send(XServer.request(2, 0, 4).putInt(window).putInt(2).putInt(colour));
                server.send(XServer.request(61, 0, 4).putInt(window).putInt(0).putInt(0));
            }
        }
    }

    private void animate() throws IOException {
        server.send(XServer.request(53, 24, 4)
                .putInt(pixmap)
                .putInt(window)
                .putShort((short) FIELD)
                .putShort((short) HEIGHT));
        paintField();
        long next = System.nanoTime();
        for (int frame = 0; ; frame++) {
            int offset = frame * 4 % WIDTH;
            server.send(XServer.request(62, 0, 7)
                    .putInt(pixmap)
                    .putInt(window)
                    .putInt(gc)
                    .putShort((short) offset)
                    .putShort((short) 0)
                    .putInt(0)
                    .putShort((short) WIDTH)
                    .putShort((short) HEIGHT));
            next += FRAME_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    /** A smooth sky with stars, twice as wide as the window and the same in both halves. */
    private void paintField() throws IOException {
        int[] sky = new int[WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int glow = (int) (40 + 30 * Math.sin(x * 2 * Math.PI / WIDTH) * Math.sin(y * Math.PI / HEIGHT));
                sky[y * WIDTH + x] = (glow / 3) << 16 | (glow / 2) << 8 | glow;
            }
        }
        Random random = new Random(7);
        for (int star = 0; star < 3000; star++) {
            int light = 100 + random.nextInt(156);
            int at = random.nextInt(HEIGHT - 1) * WIDTH + random.nextInt(WIDTH - 1);
            int colour = light << 16 | light << 8 | Math.min(255, light + 20);
            sky[at] = colour;
            sky[at + 1] = colour;
            sky[at + WIDTH] = colour;
            sky[at + WIDTH + 1] = colour;
        }
        int rows = 30;
        for (int y = 0; y < HEIGHT; y += rows) {
            ByteBuffer put = XServer.request(72, 2, 6 + FIELD * rows)
                    .putInt(pixmap)
                    .putInt(gc)
                    .putShort((short) FIELD)
                    .putShort((short) rows)
                    .putShort((short) 0)
                    .putShort((short) y)
                    .put(new byte[] {0, 24, 0, 0});
            for (int i = 0; i < rows * FIELD; i++) {
                put.putInt(sky[(y + i / FIELD) * WIDTH + i % FIELD % WIDTH]);
            }
            server.send(put);
        }
    }
}
