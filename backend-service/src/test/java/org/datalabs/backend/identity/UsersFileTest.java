package org.datalabs.backend.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.datalabs.backend.server.Until;
import org.datalabs.core.identity.User;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersFileTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final User ANNA = new User(new UserId("anna@example.org"), "Anna A. Astronomer");
    private static final User BERT = new User(new UserId("bert"), "Bert");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void list() throws Exception {
        file = folder.resolve("users");
        Files.writeString(
                file,
                "# id, SHA-256 of the token, name\n\nanna@example.org " + hash("a1") + "  Anna A. Astronomer\nbert "
                        + hash("b1").toUpperCase(Locale.ROOT) + " Bert\nanna@example.org " + hash("a2")
                        + " Anna A. Astronomer\n");
    }

    @Test
    void knowsUsersByAnyOfTheirTokens() {
        try (UsersFile users = new UsersFile(file)) {
            assertThat(users.user("Bearer a1")).hasValue(ANNA);
            assertThat(users.user("bearer a2")).hasValue(ANNA);
            assertThat(users.user("Bearer b1")).hasValue(BERT);
            for (String other : List.of("Bearer a3", "Bearer ", "Basic a1", "Bearer " + hash("a1"), "a1")) {
                assertThat(users.user(other)).isEmpty();
            }
            assertThat(users.user(null)).isEmpty();
            assertThat(users.all()).containsExactly(ANNA, BERT);
        }
    }

    @Test
    void followsTheFileAndKeepsToItWhileItIsBroken() throws Exception {
        List<Collection<User>> told = new CopyOnWriteArrayList<>();
        try (UsersFile users = new UsersFile(file, Duration.ofMillis(20))) {
            users.follow(told::add);
            Until.holds(SOON, () -> told.equals(List.of(List.of(ANNA, BERT))));
            for (String broken : List.of("", "anna " + hash("a1"), "bert nothing Bert")) {
                Files.writeString(file, broken);
                assertThat(users.user("Bearer a1")).isPresent();
            }
            Files.delete(file);
            Files.writeString(folder.resolve("new"), "bert " + hash("b2") + " Bert\n");
            Files.move(folder.resolve("new"), file);
            Until.holds(SOON, () -> told.size() == 2);
            assertThat(told.get(1)).containsExactly(BERT);
            assertThat(users.user("Bearer a1")).isEmpty();
            assertThat(users.user("Bearer b1")).isEmpty();
            assertThat(users.user("Bearer b2")).hasValue(BERT);
        }
    }

    @Test
    void tellsOfAChangeAgainUntilItWasSettled() {
        AtomicInteger attempts = new AtomicInteger();
        try (UsersFile users = new UsersFile(file, Duration.ofMillis(20))) {
            users.follow(all -> {
                if (attempts.incrementAndGet() < 3) {
                    throw new IllegalStateException("the database is away");
                }
            });
            Until.holds(SOON, () -> attempts.get() == 3);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            anna                  | this is not an id, a hash and a name
            anna HASH             | this is not an id, a hash and a name
            an/na HASH Anna       | this is not an id, a hash and a name
            anna 1234 Anna        | the second word is not 64 hexadecimal digits
            datalabs:platform HASH Me | datalabs:platform is the platform itself
            carl HASH Carl        | a line before has the same token
            bert OTHER Berta      | bert has another name in a line before
            """)
    void namesTheLineThatItCannotUse(String line, String why) throws Exception {
        String wrong = line.replace("HASH", hash("a1")).replace("OTHER", hash("o"));
        Files.writeString(file, "bert " + hash("a1") + " Bert\n" + wrong + "\n");
        assertThatThrownBy(() -> new UsersFile(file))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Line 2 of " + file)
                .hasMessageContaining(why)
                .hasMessageNotContaining(hash("a1"));
    }

    private static String hash(String token) {
        return HexFormat.of().formatHex(BearerToken.digest(token));
    }
}
