package org.datalabs.backend.runtime.local;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.datalabs.core.session.SessionId;

/**
 * What all sessions of a runtime share.
 *
 * @param state the state folder, a real path
 * @param ownUid user id of the backend
 * @param clock tells the time of log lines and ends
 * @param programs programs of this computer
 * @param tools what it offers for sandboxes
 * @param groups where sessions are counted and bounded
 * @param kit scripts and settings
 * @param spawner starts processes
 * @param workers runs starts, stops and readers, each of which may block
 * @param sockets tells when a session has made its socket
 * @param changed told of every change
 */
record Site(
        Path state,
        int ownUid,
        Clock clock,
        Programs programs,
        Tools tools,
        ControlGroups groups,
        Kit kit,
        Spawner spawner,
        Executor workers,
        SocketWatch sockets,
        Consumer<SessionId> changed) {

    RunFolder runFolder(SessionId session) {
        return new RunFolder(state.resolve("run").resolve(session.value()));
    }

    static String groupName(SessionId session) {
        return "datalabs-" + session.value();
    }
}
