package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.VolumeId;
import org.jspecify.annotations.Nullable;

/** What a session sees in its file system besides its image: a home, data volumes, and room in memory. */
final class PodStorage implements PodFeature {
    static final String HOME = "/home/user";
    static final String HOME_VOLUME = "home";

    private static final String DATA = "data-";
    private static final int LONGEST_NAME = 63;
    private static final long SMALL = 1L << 20;

    private final KubernetesSettings settings;
    private final Names names;

    PodStorage(KubernetesSettings settings, Names names) {
        this.settings = settings;
        this.names = names;
    }

    @Override
    public void shape(PodDraft draft, SessionSpec session) {
        memory(draft, "tmp", "/tmp", null);
        memory(draft, "run", "/run/datalab", SMALL);
        // Without it programs that share memory get 64 MB, whatever their limit.
        memory(draft, "shm", "/dev/shm", session.plan().resources().memoryBytes() / 2);
        add(draft, home(session), HOME, false);
        List<Mount> mounts = session.plan().mounts();
        for (int i = 0; i < mounts.size(); i++) {
            data(draft, session, mounts.get(i), i);
        }
    }

    private Volume home(SessionSpec session) {
        VolumeBuilder builder = new VolumeBuilder().withName(HOME_VOLUME);
        if (session.plan().version().home() == Home.PERSONAL) {
            return builder.withNewPersistentVolumeClaim(names.home(session.owner()), false)
                    .build();
        }
        // The machine's kubelet ends a pod that goes beyond.
        return builder.withNewEmptyDir()
                .withSizeLimit(new Quantity(Long.toString(settings.home().temporaryBytes())))
                .endEmptyDir()
                .build();
    }

    /** The data volume after which a volume of a pod is named; null for the others. */
    static @Nullable String dataVolume(String podVolume) {
        return podVolume.startsWith(DATA) ? podVolume.substring(DATA.length()) : null;
    }

    private void data(PodDraft draft, SessionSpec session, Mount mount, int index) {
        VolumeId id = mount.volume();
        org.datalabs.core.volume.Volume volume = session.volumes().get(id);
        VolumeSource source = settings.volumes().get(id);
        if (volume == null || source == null) {
            String name = volume == null ? id.value() : volume.name();
            throw unavailable(name, "The cluster does not know where its files are.");
        }
        boolean readOnly = mount.readOnly() || volume.readOnly();
        add(draft, volume(name(id, index), volume.name(), source, readOnly), mount.path(), readOnly);
    }

    private Volume volume(String name, String shown, VolumeSource source, boolean readOnly) {
        VolumeBuilder builder = new VolumeBuilder().withName(name);
        if (source instanceof VolumeSource.Nfs nfs) {
            return builder.withNewNfs(nfs.path(), readOnly, nfs.server()).build();
        }
        if (source instanceof VolumeSource.Claim claim) {
            return builder.withNewPersistentVolumeClaim(claim.name(), readOnly).build();
        }
        if (source instanceof VolumeSource.HostPath folder) {
            if (!settings.allowHostPath()) {
                throw unavailable(shown, "It is a folder of the machines, which this datazone does not allow.");
            }
            return builder.withNewHostPath(folder.path(), "Directory").build();
        }
        VolumeSource.Csi csi = (VolumeSource.Csi) source;
        return builder.withNewCsi()
                .withDriver(csi.driver())
                .withReadOnly(readOnly)
                .withVolumeAttributes(csi.attributes())
                .endCsi()
                .build();
    }

    private static String name(VolumeId id, int index) {
        String name = DATA + id.value();
        String number = "-" + index;
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - number.length()) + number;
    }

    private static void memory(PodDraft draft, String name, String path, @Nullable Long limit) {
        Volume volume = new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withMedium("Memory")
                .withSizeLimit(limit == null ? null : new Quantity(Long.toString(limit)))
                .endEmptyDir()
                .build();
        add(draft, volume, path, false);
    }

    private static void add(PodDraft draft, Volume volume, String path, boolean readOnly) {
        draft.spec().addToVolumes(volume);
        draft.container()
                .addToVolumeMounts(new VolumeMountBuilder()
                        .withName(volume.getName())
                        .withMountPath(path)
                        .withReadOnly(readOnly)
                        .build());
    }

    private static ProblemException unavailable(String name, String reason) {
        return new ProblemException(
                ProblemCode.VOLUME_UNAVAILABLE,
                "The volume " + name + " cannot be mounted. " + reason,
                "Launch without it, or ask the operators of the datazone.");
    }
}
