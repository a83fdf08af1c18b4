package org.datalabs.backend.identity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.datalabs.core.identity.User;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;

/**
 * Users by the hashes of their tokens, written as lines {@code id sha256-of-token name…}; empty lines and those that begin
 * with {@code #} are passed over. A user may stand in several lines, with a token each, so that a token can be replaced
 * without a gap. Immutable.
 */
final class UserList {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._@:-]{1,128}");
    private static final int LONGEST_NAME = 200;

    private final Map<String, User> byDigest;
    private final Map<UserId, User> byId;

    private UserList(Map<String, User> byDigest, Map<UserId, User> byId) {
        this.byDigest = byDigest;
        this.byId = byId;
    }

    /**
     * Reads the lines.
     *
     * @throws ProblemException with the line that cannot be used
     */
    static UserList parse(Path file, String text) {
        Map<String, User> byDigest = new LinkedHashMap<>();
        Map<UserId, User> byId = new LinkedHashMap<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int number = i + 1;
            String[] words = line.split("\\s+", 3);
            if (words.length < 3 || !ID.matcher(words[0]).matches()) {
                throw wrong(file, number, "this is not an id, a hash and a name");
            }
            if (!DIGEST.matcher(words[1]).matches()) {
                throw wrong(file, number, "the second word is not 64 hexadecimal digits");
            }
            String name = words[2].strip();
            if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
                throw wrong(file, number, "the name is longer than " + LONGEST_NAME + " or has control characters");
            }
            User user = new User(new UserId(words[0]), name);
            if (user.id().equals(UserId.PLATFORM)) {
                throw wrong(file, number, user.id() + " is the platform itself");
            }
            User same = byId.putIfAbsent(user.id(), user);
            if (same != null && !same.equals(user)) {
                throw wrong(file, number, user.id() + " has another name in a line before");
            }
            if (byDigest.putIfAbsent(words[1].toLowerCase(Locale.ROOT), user) != null) {
                throw wrong(file, number, "a line before has the same token");
            }
        }
        if (byId.isEmpty()) {
            // Sooner a file that is being written than a wish to lock everybody out.
            throw wrong(file, 1, "there is no user in the whole file");
        }
        return new UserList(byDigest, byId);
    }

    /**
     * The user of a token. How long a look-up by the token's digest takes tells nothing of any token, since nobody can choose
     * digests.
     */
    Optional<User> byToken(byte[] digest) {
        return Optional.ofNullable(byDigest.get(HexFormat.of().formatHex(digest)));
    }

    Collection<User> all() {
        return new ArrayList<>(byId.values());
    }

    private static ProblemException wrong(Path file, int line, String why) {
        return new ProblemException(
                Problem.of(
                        ProblemCode.BAD_REQUEST,
                        "Line " + line + " of " + file + " names no user: " + why + ".",
                        "Write: id, SHA-256 of the token in hexadecimal digits, name. For the hash: printf %s TOKEN | sha256sum"));
    }
}
