package org.datalabs.core.catalogue;

import java.util.List;
import java.util.Map;

/**
 * How a version runs on one machine without a container image.
 *
 * <p>Words of {@code command} and values of {@code environment} may hold the placeholders <code>{socket}</code> (path of
 * the UNIX socket to listen on), <code>{port}</code> (TCP port to listen on), <code>{base}</code> (URL path prefix of the
 * session, with a slash at both ends), <code>{token}</code> (the session's own token, never shown to users),
 * <code>{home}</code>, <code>{memory_mb}</code> and <code>{option.NAME}</code>. A web datalab listens on
 * <code>{socket}</code> or on <code>{port}</code>, whichever its command names.
 *
 * <p><code>{memory_mb}</code> is all the memory of the session, in MiB; a Java program takes a part of it as its heap by
 * <code>-XX:MaxRAM={memory_mb}m</code> and <code>-XX:MaxRAMPercentage=65</code>. A word of the command that holds the
 * <code>{option.NAME}</code> of an option whose value is empty is left out, so a flag and its value belong into one word:
 * <code>--table={option.table}</code>. In a variable an empty value is just empty. Secrets belong into variables: a
 * command line can be read by other users of the machine.
 *
 * @param command program and arguments, never passed through a shell
 * @param needs programs that must be present
 * @param environment variables added to the session's environment
 */
public record LocalCommand(List<String> command, List<Need> needs, Map<String, String> environment) {
    public LocalCommand {
        command = List.copyOf(command);
        needs = List.copyOf(needs);
        environment = Map.copyOf(environment);
    }
}
