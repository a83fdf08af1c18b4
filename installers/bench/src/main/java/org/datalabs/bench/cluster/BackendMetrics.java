package org.datalabs.bench.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalDouble;
import org.datalabs.bench.measure.MeasurementException;

/** What the service tells of itself on its management port. */
final class BackendMetrics {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;

    BackendMetrics(int port) {
        address = URI.create("http://127.0.0.1:" + port);
    }

    boolean isReady() {
        try {
            return ask("/ready").statusCode() == OK;
        } catch (IOException e) {
            return false;
        }
    }

    /** All that there is, in Prometheus' text form; empty when it does not answer. */
    String text() {
        try {
            HttpResponse<String> answer = ask("/metrics");
            return answer.statusCode() == OK ? answer.body() : "";
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * One value of such a text.
     *
     * @param series name and labels as they are written
     */
    static OptionalDouble value(String text, String series) {
        return text.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst();
    }

    private HttpResponse<String> ask(String path) throws IOException {
        try {
            return client.send(
                    HttpRequest.newBuilder(address.resolve(path))
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("The measurement was interrupted.", e);
        }
    }
}
