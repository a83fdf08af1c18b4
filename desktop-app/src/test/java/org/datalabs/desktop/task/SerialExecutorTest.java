package org.datalabs.desktop.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {

    @Test
    void runsOneJobAfterAnotherInOrder() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        SerialExecutor serial = new SerialExecutor(threads);
        List<Integer> done = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch end = new CountDownLatch(1000);
        for (int i = 0; i < 1000; i++) {
            int number = i;
            serial.execute(() -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                done.add(number);
                atOnce.decrementAndGet();
                end.countDown();
            });
        }

        assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(done).isEqualTo(IntStream.range(0, 1000).boxed().toList());
        assertThat(most).hasValue(1);
        threads.shutdown();
    }

    @Test
    void doesWhatItTookThoughAJobFailsAndNoThreadsAreLeft() throws InterruptedException {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        ExecutorService threads = Executors.newSingleThreadExecutor(job -> {
            Thread thread = new Thread(job);
            thread.setUncaughtExceptionHandler((failed, cause) -> done.add("told"));
            return thread;
        });
        SerialExecutor serial = new SerialExecutor(threads);
        CountDownLatch closed = new CountDownLatch(1);
        serial.execute(() -> {
            await(closed);
            throw new IllegalStateException();
        });
        serial.execute(() -> done.add("next"));
        threads.shutdown();
        closed.countDown();

        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(done).containsExactly("told", "next");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void holdsJobsBackUntilThereIsSomethingToRunThemOn() {
        DeferredExecutor deferred = new DeferredExecutor();
        List<String> done = new ArrayList<>();
        deferred.execute(() -> done.add("first"));
        deferred.execute(() -> done.add("second"));
        assertThat(done).isEmpty();
        deferred.open(Runnable::run);
        deferred.execute(() -> done.add("third"));

        assertThat(done).containsExactly("first", "second", "third");
    }
}
