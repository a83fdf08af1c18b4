package org.datalabs.backend.server;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.datalabs.core.identity.User;
import org.datalabs.core.identity.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the service in line with a list of users that has changed: new ones become known to the store, and those who are
 * gone lose every way in and the streams that they have open. Their sessions go on until their time is up. Called by one
 * thread.
 */
final class UserTurnover implements Consumer<Collection<User>> {
    private static final Logger LOG = LoggerFactory.getLogger(UserTurnover.class);

    private final Consumer<Collection<User>> know;
    private final Consumer<Set<UserId>> retain;
    private final List<Consumer<UserId>> streams;
    private final Set<UserId> before = new HashSet<>();

    /**
     * @param know makes users known to the store
     * @param retain revokes the admissions of all but some users, in memory also when the store fails
     * @param streams close what a user has open
     */
    UserTurnover(Consumer<Collection<User>> know, Consumer<Set<UserId>> retain, List<Consumer<UserId>> streams) {
        this.know = know;
        this.retain = retain;
        this.streams = List.copyOf(streams);
    }

    @Override
    public void accept(Collection<User> users) {
        Set<UserId> now = users.stream().map(User::id).collect(Collectors.toSet());
        for (UserId user : before) {
            if (!now.contains(user)) {
                LOG.info("{} is no longer listed", user);
                streams.forEach(stream -> stream.accept(user));
            }
        }
        // What is in memory goes first here, too: the store may not answer, and then all of this is done once more.
        retain.accept(now);
        know.accept(users);
        before.clear();
        before.addAll(now);
    }
}
