package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.session.SessionId;

/** Names and labels of everything on the cluster. */
final class Names {
    static final String SESSION = "datalabs.org/session";
    static final String OWNER = "datalabs.org/owner";
    static final String DATALAB = "datalabs.org/datalab";
    static final String VERSION = "datalabs.org/version";
    /** {@code temporary} where the home is not its owner's. */
    static final String HOME = "datalabs.org/home";

    static final String ZONE = "datalabs.org/zone";
    /** What an object is for: {@code session}, {@code home}, {@code log} or {@code images}. */
    static final String ROLE = "datalabs.org/role";

    static final String ROLE_SESSION = "session";
    static final String ROLE_HOME = "home";
    static final String ROLE_LOG = "log";
    static final String ROLE_IMAGES = "images";
    static final String TEMPORARY = "temporary";
    static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private static final int OWNER_DIGITS = 24;
    private static final int LONGEST_VALUE = 63;

    private final String zone;

    Names(String zone) {
        this.zone = zone;
    }

    /** Of the pod, the secret, the service and the network policy of a session. */
    String session(SessionId session) {
        return "session-" + session.value();
    }

    String log(SessionId session) {
        return "log-" + session.value();
    }

    String home(UserId owner) {
        return "home-" + owner(owner);
    }

    /** A label that stands for a user: ids hold characters that labels cannot, and cluster-wide readers need no names. */
    String owner(UserId user) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((zone + "/" + user.value()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, OWNER_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is always there", e);
        }
    }

    Map<String, String> session(SessionSpec spec) {
        Map<String, String> labels = zone(ROLE_SESSION);
        labels.put(SESSION, spec.id().value());
        labels.put(OWNER, owner(spec.owner()));
        labels.put(DATALAB, spec.plan().datalab().value());
        labels.put(VERSION, value(spec.plan().version().name()));
        if (spec.plan().version().home() == Home.TEMPORARY) {
            labels.put(HOME, TEMPORARY);
        }
        return labels;
    }

    Map<String, String> home(SessionSpec spec) {
        Map<String, String> labels = zone(ROLE_HOME);
        labels.put(OWNER, owner(spec.owner()));
        return labels;
    }

    /** Labels that all objects of this datazone with a role share; a selector of them, too. */
    Map<String, String> zone(String role) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("app.kubernetes.io/managed-by", "datalabs");
        labels.put("app.kubernetes.io/part-of", "datalabs-sessions");
        labels.put(ZONE, zone);
        labels.put(ROLE, role);
        return labels;
    }

    static Optional<SessionId> session(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return Optional.ofNullable(labels == null ? null : labels.get(SESSION))
                .filter(SessionId::isValid)
                .map(SessionId::new);
    }

    /** What the home of a session's pod is. */
    static Home home(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels != null && TEMPORARY.equals(labels.get(HOME)) ? Home.TEMPORARY : Home.PERSONAL;
    }

    /** As a label value: at most 63 of {@code A-Z a-z 0-9 . _ -}, with a letter or digit at both ends. */
    static String value(String text) {
        String safe = text.replaceAll("[^A-Za-z0-9._-]", "_");
        String cut = safe.length() > LONGEST_VALUE ? safe.substring(0, LONGEST_VALUE) : safe;
        return cut.replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
    }
}
