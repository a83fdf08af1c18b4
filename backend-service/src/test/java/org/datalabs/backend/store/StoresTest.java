package org.datalabs.backend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.datalabs.backend.catalogue.MarkStore;
import org.datalabs.backend.events.EventStore.StoredEvent;
import org.datalabs.backend.session.ReadySessions;
import org.datalabs.backend.session.Records;
import org.datalabs.backend.session.SessionRecord;
import org.datalabs.backend.session.SessionStore;
import org.datalabs.backend.volume.VolumeStore.CustomVolume;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.api.Json;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.identity.User;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.LaunchPlan;
import org.datalabs.core.launch.Quota;
import org.datalabs.core.launch.QuotaRules;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.VolumeId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The stores over both databases. */
class StoresTest {

    @Nested
    class OnH2 extends Contract {
        @Override
        Database open(Databases databases, Clock clock) {
            return databases.h2(clock);
        }
    }

    @Nested
    @EnabledIf("org.datalabs.backend.store.Databases#hasPostgres")
    class OnPostgres extends Contract {
        @Override
        Database open(Databases databases, Clock clock) throws Exception {
            return databases.postgres();
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Contract {
        private static final Clock CLOCK = Clock.fixed(Records.NOW, ZoneOffset.UTC);

        private Databases databases;
        private Database database;
        private Stores stores;
        private int users;
        private int sessions;

        abstract Database open(Databases databases, Clock clock) throws Exception;

        @BeforeAll
        void start(@TempDir Path folder) throws Exception {
            databases = new Databases(folder);
            database = open(databases, CLOCK);
            stores = new Stores(database, user -> new Quota(5, Resources.of(100, 1000)), CLOCK, Json.lenient());
        }

        @AfterAll
        void stop() throws Exception {
            database.close();
            databases.close();
        }

        @Test
        void acceptsExactlyFiveOfAHundredLaunchesAtOnce() throws Exception {
            UserId user = user();
            ExecutorService clicks = Executors.newFixedThreadPool(16);
            List<Callable<Boolean>> launches = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                launches.add(() -> {
                    launch(user);
                    return true;
                });
            }
            int accepted = 0;
            for (Future<Boolean> launch : clicks.invokeAll(launches)) {
                try {
                    accepted += launch.get() ? 1 : 0;
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(ProblemException.class);
                }
            }
            clicks.shutdown();
            assertThat(accepted).isEqualTo(5);
            assertThat(stores.sessions().use(user).sessions()).isEqualTo(5);
            assertThat(stores.sessions().use(user).used()).isEqualTo(Resources.of(5, 10));
        }

        @Test
        void keepsASessionAsItWas() {
            UserId user = user();
            SessionRecord record = launch(user);
            assertThat(stores.sessions().find(record.id())).hasValue(record);
            assertThat(stores.sessions().find(record.id()).orElseThrow().token())
                    .isEqualTo(record.token());
            assertThat(record.toString()).doesNotContain(record.token());
        }

        @Test
        void refusesAWriteOverAnothersChange() {
            SessionRecord read = launch(user());
            SessionRecord first = stores.sessions()
                    .update(read.with(
                            read.session().with("First", read.session().endsAt())))
                    .orElseThrow();
            assertThat(first.session().revision()).isEqualTo(read.session().revision() + 1);
            assertThat(stores.sessions()
                            .update(read.with(
                                    read.session().with("Second", read.session().endsAt()))))
                    .isEmpty();
            assertThat(stores.sessions().remove(read)).isFalse();
            assertThat(stores.sessions().find(read.id()).orElseThrow().session().name())
                    .isEqualTo("First");
        }

        @Test
        void returnsQuotaAndClaimsItAgainWithinTheLimit() {
            UserId user = user();
            SessionRecord paused = write(launch(user), Desired.PAUSED, new SessionState.Paused(Records.NOW));
            assertThat(stores.sessions().use(user).sessions()).isZero();
            for (int i = 0; i < 5; i++) {
                launch(user);
            }
            SessionRecord resumed = paused.with(
                    paused.session().with(Desired.RUNNING, new SessionState.Starting(List.of(), Records.NOW)));
            assertThatThrownBy(
                            () -> stores.sessions().claim(resumed, use -> QuotaRules.refusal(Resources.of(1, 2), use)))
                    .isInstanceOf(ProblemException.class);
            assertThat(stores.sessions().find(paused.id())).hasValue(paused);
        }

        @Test
        void listsWhatIsThereAndWhatWasSeparately() {
            UserId user = user();
            SessionRecord running = launch(user);
            SessionRecord stopped =
                    write(launch(user), Desired.DESTROYED, new SessionState.Stopped(Records.NOW.minusSeconds(60)));
            assertThat(stores.sessions().list(user, null))
                    .extracting(Session::id)
                    .containsExactly(running.id());
            assertThat(stores.sessions().list(user, Records.NOW.minusSeconds(120)))
                    .extracting(Session::id)
                    .containsExactly(stopped.id());
            assertThat(stores.sessions().list(user, Records.NOW)).isEmpty();
            assertThat(stores.sessions().prune(Records.NOW.minusSeconds(30))).contains(stopped.id());
            assertThat(stores.sessions().find(stopped.id())).isEmpty();
        }

        @Test
        void remembersWhenASessionWasUsedAndTellsOfIt() {
            SessionRecord record = launch(user());
            long before = stores.events().last();
            Optional<SessionRecord> written = stores.sessions().used(record.id(), Records.NOW.plusSeconds(5));
            Session used = stores.sessions().find(record.id()).orElseThrow().session();
            assertThat(used.lastUsedAt()).isEqualTo(Records.NOW.plusSeconds(5));
            assertThat(used.revision()).isEqualTo(record.session().revision());
            assertThat(written.orElseThrow().session()).isEqualTo(used);
            assertThat(stores.events().after(before, 100))
                    .extracting(StoredEvent::type)
                    .containsExactly("session");
        }

        @Test
        void doesNotTellOfTheUseOfWhatHasStopped() {
            SessionRecord stopped =
                    write(launch(user()), Desired.DESTROYED, new SessionState.Stopped(Records.NOW.minusSeconds(60)));
            long before = stores.events().last();
            assertThat(stores.sessions().used(stopped.id(), Records.NOW)).isEmpty();
            assertThat(stores.events().after(before, 100)).isEmpty();
        }

        @Test
        void tellsOfEveryChangeInItsOrder() {
            UserId user = user();
            long before = stores.events().last();
            SessionRecord record = launch(user);
            SessionRecord paused = write(record, Desired.PAUSED, new SessionState.Paused(Records.NOW));
            assertThat(stores.sessions().remove(paused)).isTrue();
            List<StoredEvent> events = stores.events().after(before, 100).stream()
                    .filter(event -> user.equals(event.owner()))
                    .toList();
            assertThat(events)
                    .extracting(StoredEvent::type)
                    .containsExactly("session", "quota", "session", "quota", "session-removed");
            assertThat(events).extracting(StoredEvent::number).isSorted();
            assertThat(events.toString()).doesNotContain(record.token());
        }

        @Test
        void forgetsOldEvents() {
            stores.events().append(null, new DatazoneEvent.VolumesChanged());
            stores.events().append(null, new DatazoneEvent.VolumesChanged());
            stores.events().prune(Records.NOW.minusSeconds(1), 1);
            assertThat(stores.events().floor()).isEqualTo(stores.events().last() - 1);
            stores.events().prune(Records.NOW.plusSeconds(1), 1);
            assertThat(stores.events().floor()).isEqualTo(stores.events().last());
            assertThat(stores.events().epoch()).hasSizeGreaterThan(5);
        }

        @Test
        void countsStarsAndRuns() {
            UserId one = user();
            UserId other = user();
            DatalabId lab = new DatalabId("star-lab");
            stores.marks().mark(one, lab, true, null);
            stores.marks().mark(other, lab, true, true);
            stores.marks().mark(one, lab, null, false);
            assertThat(stores.marks().tallies(one).get(lab)).isEqualTo(new MarkStore.Tally(2, 0, true, false));
            assertThat(stores.marks().tallies(other).get(lab)).isEqualTo(new MarkStore.Tally(2, 0, true, true));
            long runs = runs(one);
            launch(one);
            assertThat(runs(one)).isEqualTo(runs + 1);
            stores.sessions().prune(Records.NOW.minusSeconds(1_000_000));
            assertThat(runs(one)).isEqualTo(runs + 1);
            launch(one);
            stores.sessions().prune(Records.NOW.minusSeconds(1_000_000));
            assertThat(runs(one)).isEqualTo(runs + 2);
        }

        @Test
        void keepsAVolumeWhileASessionMountsIt() {
            UserId user = user();
            VolumeId id = new VolumeId("volume-of-" + user.value());
            CustomVolume volume = new CustomVolume(id, user, "Mine", "/srv/mine", "", "/data/mine", true);
            assertThat(stores.volumes().add(volume)).isTrue();
            assertThat(stores.volumes().add(volume)).isFalse();
            assertThat(stores.volumes().list(user)).containsExactly(volume);
            SessionRecord record = launch(user, new Mount(id, "/data/mine", true));
            assertThat(stores.volumes().remove(user, id)).containsExactly("Probe Lab");
            write(record, Desired.DESTROYED, new SessionState.Stopped(Records.NOW));
            assertThat(stores.volumes().remove(user, id)).isEmpty();
            assertThat(stores.volumes().list(user)).isEmpty();
        }

        @Test
        void launchesOnceForAKey() {
            UserId user = user();
            SessionStore.LaunchKey key = new SessionStore.LaunchKey("key-of-the-launch", "request");
            SessionRecord fresh = record(user);
            SessionStore.Launched first = stores.sessions().launch(user, key, use -> fresh, ReadySessions.NONE);
            SessionStore.Launched again = stores.sessions()
                    .launch(
                            user,
                            key,
                            use -> {
                                throw new AssertionError("launched twice");
                            },
                            ReadySessions.NONE);
            assertThat(again.record()).isEqualTo(first.record());
            assertThat(again.repeated()).isTrue();
            assertThatThrownBy(() -> stores.sessions()
                            .launched(user, new SessionStore.LaunchKey("key-of-the-launch", "another")))
                    .isInstanceOf(ProblemException.class);
        }

        @Test
        void handsAReadySessionOverWithinTheQuotaAndWithNothingOfBefore() {
            UserId user = user();
            SessionRecord member = member();
            long last = stores.events().last();

            SessionStore.Launched launched = takeOver(user, member);

            SessionRecord taken = launched.record();
            assertThat(launched.takenOver()).isTrue();
            assertThat(taken.id()).isEqualTo(member.id());
            assertThat(taken.token()).isEqualTo(member.token());
            assertThat(taken.session().owner()).isEqualTo(user);
            assertThat(taken.session().name()).isEqualTo("Of " + user);
            assertThat(taken.session().lastUsedAt()).isNull();
            assertThat(taken.session().endsAt())
                    .isEqualTo(taken.session().createdAt().plus(Duration.ofMinutes(60)));
            assertThat(taken.session().createdAt()).isAfter(member.session().createdAt());
            assertThat(taken.session().state())
                    .isEqualTo(new SessionState.Ready(taken.session().createdAt()));
            assertThat(taken.session().revision()).isEqualTo(member.session().revision() + 1);
            assertThat(stores.sessions().find(taken.id())).hasValue(taken);
            assertThat(stores.sessions().use(user).sessions()).isOne();
            assertThat(stores.sessions().list(user, null)).containsExactly(taken.session());
            assertThat(stores.sessions().list(UserId.PLATFORM, null)).doesNotContain(member.session());
            assertThat(stores.events().after(last, 100))
                    .allMatch(event -> user.equals(event.owner()))
                    .extracting(StoredEvent::type)
                    .containsExactly("session", "quota");
            // Whoever still takes it for the platform's own writes nothing.
            assertThat(stores.sessions()
                            .update(member.with(
                                    member.session().with(Desired.DESTROYED, new SessionState.Stopping(Records.NOW)))))
                    .isEmpty();
            assertThat(stores.sessions().remove(member)).isFalse();
            assertThat(takeOver(user(), member).takenOver()).isFalse();
        }

        @Test
        void takesOverNothingThatIsNotReadyOrIsWantedNoMore() {
            SessionRecord member = member();
            SessionRecord ending =
                    write(member, Desired.DESTROYED, member.session().state());
            SessionRecord starting = stock();
            SessionRecord anothers = launch(user());

            SessionStore.Launched launched = takeOver(user(), ending, starting, anothers);

            assertThat(launched.takenOver()).isFalse();
            assertThat(stores.sessions().find(launched.record().id())).hasValue(launched.record());
            assertThat(stores.sessions().find(anothers.id())).hasValue(anothers);
        }

        @Test
        void refusesATakeOverBeyondTheQuota() {
            UserId user = user();
            for (int i = 0; i < 5; i++) {
                launch(user);
            }
            SessionRecord member = member();
            assertThatThrownBy(() -> takeOver(user, member)).isInstanceOf(ProblemException.class);
            assertThat(stores.sessions().find(member.id())).hasValue(member);
        }

        @Test
        void givesEachReadySessionToOneOfManyLaunchesAtOnce() throws Exception {
            SessionRecord[] members = {member(), member(), member()};
            ExecutorService clicks = Executors.newFixedThreadPool(8);
            List<Callable<SessionStore.Launched>> launches = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                UserId user = user();
                launches.add(() -> takeOver(user, members));
            }
            List<SessionStore.Launched> launched = new ArrayList<>();
            for (Future<SessionStore.Launched> launch : clicks.invokeAll(launches)) {
                launched.add(launch.get());
            }
            clicks.shutdown();
            assertThat(launched).extracting(one -> one.record().id()).doesNotHaveDuplicates();
            assertThat(launched)
                    .filteredOn(SessionStore.Launched::takenOver)
                    .extracting(one -> one.record().id())
                    .containsExactlyInAnyOrder(members[0].id(), members[1].id(), members[2].id());
        }

        @Test
        void letsOnlyOneOfTwoChangeWhatIsTakenOverMeanwhile() throws Exception {
            ExecutorService both = Executors.newFixedThreadPool(2);
            for (int i = 0; i < 20; i++) {
                UserId user = user();
                SessionRecord member = member();
                Future<Boolean> taken = both.submit(() -> takeOver(user, member).takenOver());
                Future<Boolean> ended = both.submit(() -> stores.sessions()
                        .update(member.with(
                                member.session().with(Desired.DESTROYED, new SessionState.Stopping(Records.NOW))))
                        .isPresent());
                assertThat(taken.get()).isNotEqualTo(ended.get());
            }
            both.shutdown();
        }

        @Test
        void decidesAboutThePlatformsOwnOneAfterTheOther() throws Exception {
            int before = unfinished().size();
            ExecutorService both = Executors.newFixedThreadPool(4);
            List<Callable<Integer>> keepers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                keepers.add(() -> stores.sessions()
                        .stock(kept -> kept.size() > before ? List.of() : List.of(fresh(), fresh()))
                        .size());
            }
            int added = 0;
            for (Future<Integer> keeper : both.invokeAll(keepers)) {
                added += keeper.get();
            }
            both.shutdown();
            assertThat(added).isEqualTo(2);
            assertThat(unfinished()).hasSize(before + 2);
        }

        @Test
        void keepsNothingOfThePlatformsOwnThatHasStopped() {
            SessionRecord member = member();
            SessionRecord stopped = write(member, Desired.DESTROYED, new SessionState.Stopped(Records.NOW));
            UserId user = user();
            SessionRecord users = launch(user);
            write(users, Desired.DESTROYED, new SessionState.Stopped(Records.NOW));

            assertThat(stores.sessions().clearStock()).contains(stopped.id()).doesNotContain(users.id());

            assertThat(stores.sessions().find(stopped.id())).isEmpty();
            assertThat(stores.sessions().find(users.id())).isPresent();
        }

        private List<Session> unfinished() {
            return stores.sessions().list(UserId.PLATFORM, null);
        }

        private SessionRecord fresh() {
            return record(UserId.PLATFORM, Records.temporary("1"));
        }

        /** A session of the platform that starts. */
        private SessionRecord stock() {
            SessionRecord fresh = fresh();
            stores.sessions().stock(kept -> List.of(fresh));
            return fresh;
        }

        /** A session of the platform that is ready. */
        private SessionRecord member() {
            return write(stock(), Desired.RUNNING, new SessionState.Ready(Records.NOW));
        }

        private SessionStore.Launched takeOver(UserId user, SessionRecord... members) {
            SessionRecord wanted = record(user, Records.temporary("1"));
            SessionRecord named = wanted.with(
                    wanted.session().with("Of " + user, wanted.session().endsAt()));
            return stores.sessions().launch(user, null, use -> within(use, named), plan -> Stream.of(members)
                    .map(SessionRecord::id)
                    .toList());
        }

        private long runs(UserId user) {
            return Optional.ofNullable(stores.marks().tallies(user).get(new DatalabId("probe-lab")))
                    .orElse(MarkStore.Tally.NONE)
                    .runs();
        }

        private synchronized UserId user() {
            UserId user = new UserId("user-" + users++);
            stores.know(List.of(new User(user, "User")));
            return user;
        }

        private SessionRecord write(SessionRecord record, Desired desired, SessionState state) {
            return stores.sessions()
                    .update(record.with(record.session().with(desired, state)))
                    .orElseThrow();
        }

        private SessionRecord launch(UserId user, Mount... mounts) {
            return stores.sessions()
                    .launch(user, null, use -> within(use, record(user, mounts)), ReadySessions.NONE)
                    .record();
        }

        private static SessionRecord within(QuotaUse use, SessionRecord record) {
            QuotaRules.refusal(record.session().resources(), use).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
            return record;
        }

        private SessionRecord record(UserId user, Mount... mounts) {
            return record(user, Records.plan(mounts));
        }

        private synchronized SessionRecord record(UserId user, LaunchPlan plan) {
            int number = sessions++;
            String id = "a"
                    + "%015d"
                            .formatted(number)
                            .replace('0', 'a')
                            .replace('1', 'b')
                            .replace('8', 'y')
                            .replace('9', 'z');
            return SessionRecord.begin(
                    new SessionId(id), user, plan, "secret-of-" + id, Records.NOW.plus(Duration.ofMillis(number)));
        }
    }
}
