package org.datalabs.backend.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.datalabs.backend.pool.PoolSetting;
import org.datalabs.backend.session.SessionOrigins;
import org.datalabs.backend.store.PostgresSettings;
import org.datalabs.core.identity.User;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.Quota;
import org.jspecify.annotations.Nullable;

/**
 * What the service runs with, however it was started.
 *
 * @param name name of the datazone
 * @param listen address of API and data plane
 * @param management address of metrics and health, or null for none
 * @param catalogue the operator's manifests, or null
 * @param folder what the engine may write to; lasting or not is its storage's business
 * @param storage where the state is kept
 * @param access who may use the service
 * @param allowance what each user may hold
 * @param idle how long a session may be neither used nor at work before it is paused, or null for ever
 * @param pools what is kept ready for launches
 * @param origins where browsers reach sessions
 * @param farewell how long it still serves after it said that it is not ready any more, so that no request is sent to a
 *     closed door
 */
record Configuration(
        String name,
        Address listen,
        @Nullable Address management,
        @Nullable Path catalogue,
        Path folder,
        Storage storage,
        Access access,
        Allowance allowance,
        @Nullable Duration idle,
        List<PoolSetting> pools,
        SessionOrigins origins,
        Duration farewell) {
    Configuration {
        pools = List.copyOf(pools);
    }

    /** A host and a port; port 0 takes any free one. */
    record Address(String host, int port) {}

    /** Where the state is kept. */
    sealed interface Storage {
        /** A database of this process alone, in a folder. */
        record Embedded(Path folder) implements Storage {}

        /** A server that replicas share. */
        record Shared(PostgresSettings server) implements Storage {}
    }

    /** Who may use the service. */
    sealed interface Access {
        /** One user, whom a token proves. */
        record OneUser(User user, String token) implements Access {
            @Override
            public String toString() {
                return "OneUser[" + user + "]";
            }
        }

        /** Those of a file. */
        record ListedUsers(Path file) implements Access {}
    }

    /** What each user may hold. */
    sealed interface Allowance {
        /** What the machine has, for a number of sessions. */
        record OfMachine(int sessions) implements Allowance {}

        record Fixed(Quota quota) implements Allowance {}
    }

    /** For a service that a state folder and the command line describe. */
    static Configuration of(Arguments arguments, StateFolder state, String token) {
        User user = new User(new UserId("local"), System.getProperty("user.name", "local"));
        return new Configuration(
                arguments.name(),
                new Address(arguments.host(), arguments.port()),
                null,
                arguments.catalogue(),
                state.folder(),
                new Storage.Embedded(state.database()),
                new Access.OneUser(user, token),
                new Allowance.OfMachine(arguments.sessions()),
                null,
                List.of(),
                SessionOrigins.onPaths(),
                Duration.ZERO);
    }
}
