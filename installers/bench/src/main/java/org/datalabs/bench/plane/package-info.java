/**
 * Measures the data plane beside other proxies: small answers, large ones, WebSockets there and back and one way, and
 * desktops beside websockify. All in one run on the loopback interface, each proxy by itself, in turns.
 */
@NullMarked
package org.datalabs.bench.plane;

import org.jspecify.annotations.NullMarked;
