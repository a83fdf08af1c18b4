package org.datalabs.backend.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.datalabs.backend.pool.PoolSetting;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings;
import org.datalabs.backend.session.SessionOrigins;
import org.datalabs.backend.store.PostgresSettings;
import org.datalabs.core.launch.Quota;
import org.datalabs.core.volume.Volume;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says in the settings of a cluster's service.
 *
 * @param name name of the datazone
 * @param listen address of API and data plane
 * @param management address of metrics and health, or null for none
 * @param database where the state is kept
 * @param usersFile who may use the service, by hashes of their tokens
 * @param quota what each user may hold
 * @param catalogue more datalabs, or null
 * @param idle how long a session may be neither used nor at work before it is paused, or null for ever
 * @param originPattern host of a session's own origin with <code>{session}</code> in it, or null for none
 * @param kubernetes how sessions run
 * @param volumes what every user may mount
 * @param pools what is kept ready for launches
 * @param farewell how long a replica still serves after it was told to end
 */
record Settings(
        String name,
        Configuration.Address listen,
        Configuration.@Nullable Address management,
        PostgresSettings database,
        Path usersFile,
        Quota quota,
        @Nullable Path catalogue,
        @Nullable Duration idle,
        @Nullable String originPattern,
        KubernetesSettings kubernetes,
        List<Volume> volumes,
        List<PoolSetting> pools,
        Duration farewell) {

    Settings {
        volumes = List.copyOf(volumes);
        pools = List.copyOf(pools);
    }

    /** @param folder a folder for what need not last */
    Configuration configuration(Path folder) {
        return new Configuration(
                name,
                listen,
                management,
                catalogue,
                folder,
                new Configuration.Storage.Shared(database),
                new Configuration.Access.ListedUsers(usersFile),
                new Configuration.Allowance.Fixed(quota),
                idle,
                pools,
                originPattern == null ? SessionOrigins.onPaths() : SessionOrigins.of(originPattern),
                farewell);
    }
}
