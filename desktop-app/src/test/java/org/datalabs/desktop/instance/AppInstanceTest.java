package org.datalabs.desktop.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.datalabs.core.problem.ProblemCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppInstanceTest {
    private static final ShowRequest PLAIN = new ShowRequest(null);

    @TempDir
    private Path folder;

    private final List<AppInstance> opened = new ArrayList<>();

    @AfterEach
    void end() {
        opened.forEach(AppInstance::close);
    }

    @Test
    void asksTheFirstToShowItself() throws InterruptedException {
        BlockingQueue<ShowRequest> shown = new LinkedBlockingQueue<>();
        first().onShow(shown::add);
        ShowRequest wish = new ShowRequest(URI.create("https://datalabs.example.org/"));

        assertThat(AppInstance.claim(folder, wish)).isEqualTo(new Claim.Shown());
        assertThat(shown.poll(10, TimeUnit.SECONDS)).isEqualTo(wish);
    }

    @Test
    void keepsTheWishForAFirstThatIsStillStarting() {
        AppInstance first = first();
        assertThat(AppInstance.claim(folder, PLAIN)).isEqualTo(new Claim.Shown());
        List<ShowRequest> shown = new ArrayList<>();
        first.onShow(shown::add);

        assertThat(shown).containsExactly(PLAIN);
    }

    @Test
    void isFirstAgainAfterTheFirstHasEnded() {
        first().close();

        assertThat(first()).isNotNull();
    }

    @Test
    void clearsAwayWhatAKilledAppLeft() throws IOException {
        Files.createDirectories(folder);
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(folder.resolve("app.socket")));
        }
        assertThat(folder.resolve("app.socket")).exists();
        first();

        assertThat(AppInstance.claim(folder, PLAIN)).isEqualTo(new Claim.Shown());
    }

    @Test
    void saysSoWhenTheFirstDoesNotAnswer() throws IOException {
        first();
        Files.delete(folder.resolve("app.socket"));

        assertThat(AppInstance.claim(folder, PLAIN)).isInstanceOfSatisfying(Claim.Refused.class, refused -> assertThat(
                        refused.problem().code())
                .isEqualTo(ProblemCode.ALREADY_RUNNING));
    }

    @Test
    void saysThatItsFolderCannotBeUsed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        assertThat(AppInstance.claim(file.resolve("below"), PLAIN))
                .isInstanceOfSatisfying(
                        Claim.Refused.class,
                        refused -> assertThat(refused.problem().what()).contains(file.toString()));
    }

    @Test
    void worksWithoutASocketWhereItsPathIsTooLong() {
        Path deep = folder.resolve("a".repeat(120));

        assertThat(AppInstance.claim(deep, PLAIN))
                .isInstanceOfSatisfying(Claim.First.class, first -> opened.add(first.instance()));
    }

    private AppInstance first() {
        Claim claim = AppInstance.claim(folder, PLAIN);
        assertThat(claim).isInstanceOf(Claim.First.class);
        AppInstance first = ((Claim.First) claim).instance();
        opened.add(first);
        return first;
    }
}
