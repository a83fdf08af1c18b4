package org.datalabs.desktop.session.gateway;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;

/** A body that is read elsewhere; who handed it over can wait until it is closed. */
final class HandedOver extends FilterInputStream {
    private final CountDownLatch closed = new CountDownLatch(1);

    HandedOver(InputStream body) {
        super(body);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        super.close();
    }

    void awaitClosed() throws IOException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
