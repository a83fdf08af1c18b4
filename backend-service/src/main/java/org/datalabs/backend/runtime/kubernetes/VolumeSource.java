package org.datalabs.backend.runtime.kubernetes;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import org.datalabs.core.volume.SessionPath;
import org.jspecify.annotations.Nullable;

/**
 * Where a data volume comes from. Written as an object of one field named after the kind, such as
 * <code>{nfs: {server: nfs.example.org, path: /planck}}</code> or <code>{claim: planck}</code>.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = VolumeSource.Nfs.class, name = "nfs"),
    @JsonSubTypes.Type(value = VolumeSource.Claim.class, name = "claim"),
    @JsonSubTypes.Type(value = VolumeSource.HostPath.class, name = "hostPath"),
    @JsonSubTypes.Type(value = VolumeSource.Csi.class, name = "csi")
})
public sealed interface VolumeSource {

    /** A folder of an NFS server. */
    record Nfs(String server, String path) implements VolumeSource {
        public Nfs {
            require(server != null && server.matches("[A-Za-z0-9._:-]+"), "volumes: nfs needs a server");
            requirePath("nfs", path);
        }
    }

    /** A claim in the sessions' namespace, of an access mode that allows many machines at once. */
    record Claim(String name) implements VolumeSource {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Claim {
            require(
                    name != null && name.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?"),
                    "volumes: " + name + " is no claim's name");
        }
    }

    /** A folder that every machine has, such as the mount of a parallel file system. */
    record HostPath(String path) implements VolumeSource {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public HostPath {
            requirePath("hostPath", path);
        }
    }

    /** An inline volume of a CSI driver. */
    record Csi(String driver, Map<String, String> attributes) implements VolumeSource {
        public Csi {
            require(driver != null && !driver.isBlank(), "volumes: csi needs a driver");
            attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
        }
    }

    private static void requirePath(String kind, @Nullable String path) {
        require(
                path != null && SessionPath.formError(path).isEmpty(),
                "volumes: " + kind + " needs an absolute path, not " + path);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
