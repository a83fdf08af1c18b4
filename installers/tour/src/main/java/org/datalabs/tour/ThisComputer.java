package org.datalabs.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.datalabs.core.session.SessionId;

/** What the sessions of one state folder leave on this machine, seen by the machine's own means. */
final class ThisComputer implements Place {
    private final Path state;

    ThisComputer(Path state) {
        this.state = state;
    }

    /** Sessions with a folder for their sockets. */
    @Override
    public List<SessionId> running() {
        try (Stream<Path> folders = Files.list(state.resolve("run"))) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(SessionId::isValid)
                    .map(SessionId::new)
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    /** Processes, sockets and mounts. */
    @Override
    public List<String> ofSessions() {
        List<String> left = new ArrayList<>();
        for (SessionId session : running()) {
            left.add("the folder of session " + session);
        }
        for (long process : Sandbox.processesNaming(state + "/run/")) {
            String words = Sandbox.commandLine(process);
            if (!words.isEmpty() && !words.contains("backend-service")) {
                left.add("process " + process + ", " + words);
            }
        }
        return left;
    }

    @Override
    public Optional<Display> display(SessionId session) {
        return Sandbox.processesOf(session).stream()
                .filter(process -> Sandbox.commandLine(process).startsWith("Xvnc"))
                .findFirst()
                .map(process -> new Display(List.of(
                        "nsenter", "--target", Long.toString(process), "--all", "--preserve-credentials", "--")));
    }

    /** Processes of the backend. */
    List<String> ofService() {
        return Sandbox.processesNaming("backend-service.jar").stream()
                .filter(process -> Sandbox.commandLine(process).contains(state.toString()))
                .map(process -> "process " + process + ", " + Sandbox.commandLine(process))
                .toList();
    }
}
