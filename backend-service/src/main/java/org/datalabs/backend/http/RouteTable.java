package org.datalabs.backend.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the route of a path. Plain segments win over variable ones. Immutable. */
final class RouteTable {
    private final List<Row> rows;

    private record Row(Route route, List<String> segments, int plain) {}

    /** A route with the values of its variable segments. */
    record Match(Route route, Map<String, String> path) {}

    RouteTable(Collection<Route> routes) {
        rows = routes.stream()
                .map(route -> {
                    List<String> segments = segments(route.template());
                    int plain = 0;
                    for (String segment : segments) {
                        plain += isVariable(segment) ? 0 : 1;
                    }
                    return new Row(route, segments, plain);
                })
                .sorted((a, b) -> Integer.compare(b.plain(), a.plain()))
                .toList();
    }

    List<Route> routes() {
        return rows.stream().map(Row::route).toList();
    }

    /** The route for a method and raw path; HEAD finds the route of GET. */
    Optional<Match> find(HttpMethod method, String path) {
        HttpMethod wanted = method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
        List<String> segments = segments(path);
        int best = -1;
        for (Row row : rows) {
            if (row.plain() < best) {
                break;
            }
            Map<String, String> values = values(row, segments);
            if (values == null) {
                continue;
            }
            best = row.plain();
            if (row.route().method().equals(wanted)) {
                return Optional.of(new Match(row.route(), values));
            }
        }
        return Optional.empty();
    }

    /** Methods that a path takes; empty when there is no such path. */
    List<String> methods(String path) {
        List<String> segments = segments(path);
        TreeSet<String> methods = new TreeSet<>();
        int best = -1;
        for (Row row : rows) {
            if (row.plain() >= best && values(row, segments) != null) {
                best = row.plain();
                methods.add(row.route().method().name());
                if (row.route().method().equals(HttpMethod.GET)) {
                    methods.add("HEAD");
                }
            }
        }
        return new ArrayList<>(methods);
    }

    private static @Nullable Map<String, String> values(Row row, List<String> segments) {
        if (row.segments().size() != segments.size()) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String wanted = row.segments().get(i);
            if (isVariable(wanted)) {
                String value = decoded(segments.get(i));
                if (value.isEmpty()) {
                    return null;
                }
                values.put(wanted.substring(1, wanted.length() - 1), value);
            } else if (!wanted.equals(segments.get(i))) {
                return null;
            }
        }
        return values;
    }

    private static String decoded(String segment) {
        try {
            return QueryStringDecoder.decodeComponent(segment.replace("+", "%2B"));
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }
}
