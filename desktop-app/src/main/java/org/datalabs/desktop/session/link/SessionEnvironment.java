package org.datalabs.desktop.session.link;

import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What sessions share with the rest of the program; the owner closes the executors after the views.
 *
 * @param http reaches the datazone; must not follow redirects and must not keep cookies
 * @param background takes work that blocks; unbounded, since each open stream of a page holds a thread
 * @param scheduler wakes up what waits; its tasks are short
 */
public record SessionEnvironment(
        HttpClient http, Executor background, ScheduledExecutorService scheduler, Clock clock) {}
