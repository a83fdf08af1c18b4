package org.datalabs.desktop.datazone;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.api.DatazoneInfo;
import org.datalabs.core.api.Me;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.session.UsageSample;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a datazone, changed by what it tells. Lists are changed in place and only where they differ, so that
 * a screen keeps its selection. Belongs to the user interface's thread.
 */
final class LiveState {
    static final int MOST_SAMPLES = 120;

    private static final Comparator<Session> NEWEST_FIRST =
            Comparator.comparing(Session::createdAt).reversed().thenComparing(Session::id);
    private static final Comparator<Volume> BY_NAME =
            Comparator.comparing(Volume::name, String.CASE_INSENSITIVE_ORDER).thenComparing(Volume::id);

    final ReadOnlyObjectWrapper<Connection> connection;
    final ReadOnlyObjectWrapper<@Nullable DatazoneInfo> info = new ReadOnlyObjectWrapper<>();
    final ReadOnlyObjectWrapper<@Nullable Me> me = new ReadOnlyObjectWrapper<>();
    final ReadOnlyObjectWrapper<CatalogueSnapshot> catalogue = new ReadOnlyObjectWrapper<>(CatalogueSnapshot.NONE);
    private final ObservableList<Session> sessions = FXCollections.observableArrayList();
    private final ObservableList<Session> readOnlySessions = FXCollections.unmodifiableObservableList(sessions);
    private final ObservableList<Volume> volumes = FXCollections.observableArrayList();
    private final ObservableList<Volume> readOnlyVolumes = FXCollections.unmodifiableObservableList(volumes);
    private final Map<SessionId, Samples> usage = new HashMap<>();

    /** Ids are never given twice; the answer of a command may come later than the news of what became of it. */
    private final Set<SessionId> removed = new HashSet<>();

    LiveState(Connection first) {
        connection = new ReadOnlyObjectWrapper<>(first);
    }

    private record Samples(ObservableList<UsageSample> list, ObservableList<UsageSample> readOnly) {
        static Samples none() {
            ObservableList<UsageSample> list = FXCollections.observableArrayList();
            return new Samples(list, FXCollections.unmodifiableObservableList(list));
        }
    }

    ObservableList<Session> sessions() {
        return readOnlySessions;
    }

    ObservableList<Volume> volumes() {
        return readOnlyVolumes;
    }

    ObservableList<UsageSample> usage(SessionId session) {
        return samples(session).readOnly();
    }

    /** Takes an event that carries its news; the others tell to read anew. */
    void take(DatazoneEvent event) {
        if (event instanceof DatazoneEvent.SessionChanged changed) {
            putSession(changed.session());
        } else if (event instanceof DatazoneEvent.SessionRemoved removed) {
            removeSession(removed.session());
        } else if (event instanceof DatazoneEvent.QuotaChanged changed) {
            setQuota(changed.quota());
        } else if (event instanceof DatazoneEvent.Usage news) {
            addUsage(news.samples());
        }
    }

    void setSessions(List<Session> read) {
        List<Session> sorted = new ArrayList<>(read);
        sorted.removeIf(session -> session.state() instanceof SessionState.Stopped || removed.contains(session.id()));
        sorted.sort(NEWEST_FIRST);
        Set<SessionId> known = new HashSet<>();
        sorted.forEach(session -> known.add(session.id()));
        sessions.removeIf(session -> !known.contains(session.id()));
        for (int i = 0; i < sorted.size(); i++) {
            Session session = sorted.get(i);
            if (i == sessions.size() || !sessions.get(i).id().equals(session.id())) {
                sessions.add(i, session);
            } else if (!sessions.get(i).equals(session)) {
                sessions.set(i, session);
            }
        }
        usage.forEach((id, samples) -> {
            if (!known.contains(id)) {
                samples.list().clear();
            }
        });
    }

    /** Takes the news of a session unless what is known is newer, or that it is gone. */
    void putSession(Session session) {
        if (removed.contains(session.id())) {
            return;
        }
        if (session.state() instanceof SessionState.Stopped) {
            removeSession(session.id());
            return;
        }
        int at = indexOf(session.id());
        if (at < 0) {
            int place = 0;
            while (place < sessions.size() && NEWEST_FIRST.compare(sessions.get(place), session) < 0) {
                place++;
            }
            sessions.add(place, session);
        } else if (sessions.get(at).revision() <= session.revision()
                && !sessions.get(at).equals(session)) {
            sessions.set(at, session);
        }
        if (!session.state().holdsQuota()) {
            forgetUsage(session.id());
        }
    }

    void removeSession(SessionId id) {
        removed.add(id);
        int at = indexOf(id);
        if (at >= 0) {
            sessions.remove(at);
        }
        forgetUsage(id);
    }

    void setVolumes(List<Volume> read) {
        List<Volume> sorted = new ArrayList<>(read);
        sorted.sort(BY_NAME);
        if (!volumes.equals(sorted)) {
            volumes.setAll(sorted);
        }
    }

    void putVolume(Volume volume) {
        List<Volume> all = new ArrayList<>(volumes);
        all.removeIf(known -> known.id().equals(volume.id()));
        all.add(volume);
        setVolumes(all);
    }

    void removeVolume(VolumeId id) {
        volumes.removeIf(known -> known.id().equals(id));
    }

    void setQuota(QuotaUse quota) {
        Me known = me.get();
        if (known != null) {
            me.set(new Me(known.user(), quota));
        }
    }

    /** Replaces the samples of a session by its last ones. */
    void setUsage(SessionId session, List<UsageSample> read) {
        samples(session).list().setAll(read.subList(Math.max(0, read.size() - MOST_SAMPLES), read.size()));
    }

    void addUsage(List<UsageSample> news) {
        for (UsageSample sample : news) {
            if (indexOf(sample.session()) < 0) {
                continue;
            }
            ObservableList<UsageSample> list = samples(sample.session()).list();
            if (!list.isEmpty() && !list.get(list.size() - 1).at().isBefore(sample.at())) {
                continue;
            }
            if (list.size() >= MOST_SAMPLES) {
                list.remove(0, list.size() - MOST_SAMPLES + 1);
            }
            list.add(sample);
        }
    }

    private Samples samples(SessionId session) {
        return usage.computeIfAbsent(session, any -> Samples.none());
    }

    /** The list stays, since a screen may hold it. */
    private void forgetUsage(SessionId id) {
        Samples known = usage.get(id);
        if (known != null) {
            known.list().clear();
        }
    }

    private int indexOf(SessionId id) {
        for (int i = 0; i < sessions.size(); i++) {
            if (sessions.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
