package org.datalabs.backend.server;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.datalabs.backend.http.Authenticator;
import org.datalabs.backend.identity.TokenAuthenticator;
import org.datalabs.backend.identity.UsersFile;
import org.datalabs.core.identity.User;
import org.jspecify.annotations.Nullable;

/** Who may use the service, wherever they are listed. Thread-safe. */
interface UserDirectory extends Authenticator, AutoCloseable {

    /** All users there are now. */
    Collection<User> all();

    /** Calls {@code onChange} with all users now and after each change, on another thread. */
    void follow(Consumer<Collection<User>> onChange);

    @Override
    void close();

    static UserDirectory of(Configuration.Access access) {
        if (access instanceof Configuration.Access.ListedUsers listed) {
            return new Listed(new UsersFile(listed.file()));
        }
        Configuration.Access.OneUser one = (Configuration.Access.OneUser) access;
        return new Single(one.user(), new TokenAuthenticator(one.token(), one.user()));
    }

    /** One user, who never changes. */
    record Single(User one, Authenticator authenticator) implements UserDirectory {
        @Override
        public Optional<User> user(@Nullable String authorization) {
            return authenticator.user(authorization);
        }

        @Override
        public Collection<User> all() {
            return List.of(one);
        }

        @Override
        public void follow(Consumer<Collection<User>> onChange) {
            // nothing ever changes
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    /** The users of a file. */
    record Listed(UsersFile file) implements UserDirectory {
        @Override
        public Optional<User> user(@Nullable String authorization) {
            return file.user(authorization);
        }

        @Override
        public Collection<User> all() {
            return file.all();
        }

        @Override
        public void follow(Consumer<Collection<User>> onChange) {
            file.follow(onChange);
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
