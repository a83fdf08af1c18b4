package org.datalabs.backend.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.api.ProblemDocument;

/** Describes the routes as an OpenAPI 3.1 document, made from the same values that serve them. */
final class OpenApi {
    private static final String JSON = "application/json";

    private final Schemas schemas = new Schemas();

    private OpenApi() {}

    /** The route of the document about {@code routes} and itself. */
    static Route route(Collection<Route> routes) {
        ObjectNode[] made = new ObjectNode[1];
        List<Route> before = List.copyOf(routes);
        return Route.get(ApiPaths.OPENAPI)
                .summary("This description.")
                .answers(200, Shape.of(ObjectNode.class))
                .by(request -> {
                    synchronized (made) {
                        if (made[0] == null) {
                            made[0] = new OpenApi().document(before);
                        }
                        return Answer.ok(made[0]);
                    }
                });
    }

    private ObjectNode document(List<Route> routes) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Datalabs")
                .put("version", "1")
                .put("description", "A datazone: its catalogue, volumes and running datalabs.");
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            operation(paths.withObjectProperty(route.template()), route);
        }
        ObjectNode self = paths.putObject(ApiPaths.OPENAPI).putObject("get");
        self.put("summary", "This description.");
        ObjectNode described = self.putObject("responses").putObject("200").put("description", "The document.");
        described.putObject("content").putObject(JSON).putObject("schema").put("type", "object");
        ObjectNode components = document.putObject("components");
        schemas.reference(ProblemDocument.class);
        components.set("schemas", schemas.all());
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer");
        document.putArray("security").addObject().putArray("token");
        return document;
    }

    private void operation(ObjectNode path, Route route) {
        ObjectNode operation = path.putObject(route.method().name().toLowerCase(Locale.ROOT));
        operation.put("summary", route.summary());
        if (route.open()) {
            operation.putArray("security");
        }
        var parameters = JsonNodeFactory.instance.arrayNode();
        for (String segment : route.template().split("/", -1)) {
            if (segment.startsWith("{")) {
                ObjectNode parameter = parameters.addObject();
                parameter.put("name", segment.substring(1, segment.length() - 1));
                parameter.put("in", "path").put("required", true);
                parameter.putObject("schema").put("type", "string");
            }
        }
        route.query().forEach(parameter -> describe(parameters.addObject(), parameter, "query"));
        route.headers().forEach(parameter -> describe(parameters.addObject(), parameter, "header"));
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        Class<?> body = route.body();
        if (body != null) {
            ObjectNode request = operation.putObject("requestBody").put("required", route.bodyRequired());
            request.putObject("content").putObject(JSON).set("schema", schemas.reference(body));
        }
        ObjectNode responses = operation.putObject("responses");
        route.answers().forEach((status, shape) -> answer(responses.putObject(status.toString()), shape));
        ObjectNode refused = responses.putObject("default").put("description", "What went wrong and what to do.");
        refused.putObject("content")
                .putObject(ProblemDocument.CONTENT_TYPE)
                .set("schema", schemas.reference(ProblemDocument.class));
    }

    private void answer(ObjectNode response, Optional<Shape> shape) {
        response.put("description", shape.isPresent() ? "The answer." : "No JSON body.");
        if (shape.isPresent()) {
            ObjectNode media = response.putObject("content").putObject(JSON);
            if (shape.get().list()) {
                ObjectNode list = media.putObject("schema").put("type", "array");
                list.set("items", schemas.reference(shape.get().type()));
            } else {
                media.set("schema", schemas.reference(shape.get().type()));
            }
        }
    }

    private static void describe(ObjectNode node, Parameter parameter, String place) {
        node.put("name", parameter.name()).put("in", place).put("description", parameter.description());
        node.putObject("schema").put("type", parameter.type());
    }
}
