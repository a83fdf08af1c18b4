package org.datalabs.backend.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.datalabs.backend.pool.PoolSetting;
import org.datalabs.backend.runtime.kubernetes.VolumeSource;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.Quota;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
    private static final String WHOLE = """
            name: Demo cluster
            listen: 0.0.0.0:8080
            management: "[::]:9090"
            database:
              url: jdbc:postgresql://postgres.example.org:5432/datalabs
              user: datalabs
              passwordFile: /run/secrets/datalabs/database-password
              connections: 12
            usersFile: /run/secrets/datalabs/users
            quota: {sessions: 4, cpu: 2.5, memory: 64 GB, gpu: 1}
            catalogue: /etc/datalabs/catalogue
            idle: {pauseAfterMinutes: 720}
            origins: {pattern: "{session}.sessions.example.org"}
            farewellSeconds: 7
            kubernetes:
              namespace: datalabs-sessions
              zone: demo
              home: {storageClass: standard, size: 10 GB}
              imagePrefix: registry.example.org/
              egress: {mode: cidrs, cidrs: [10.20.0.0/16]}
              presets: {gpu: {nodeSelector: {gpu: "yes"}, tolerations: [{key: nvidia.com/gpu, effect: NoSchedule}]}}
              prePull: [topcat]
            warmPools:
              - {datalab: esasky, ready: 2}
              - {datalab: topcat, version: "4.8", preset: small, ready: 50}
            volumes:
              - id: planck
                name: Planck
                mission: Planck
                description: All-sky maps.
                licence: ESA
                usualPath: /data/planck
                source: {nfs: {server: nfs.example.org, path: /planck}}
              - {id: scratch, name: Scratch, readOnly: false, source: {claim: scratch}}
            """;

    @TempDir
    Path folder;

    @Test
    void readsEverything() throws Exception {
        Settings settings = read(WHOLE);
        assertThat(settings.name()).isEqualTo("Demo cluster");
        assertThat(settings.listen()).isEqualTo(new Configuration.Address("0.0.0.0", 8080));
        assertThat(settings.management()).isEqualTo(new Configuration.Address("::", 9090));
        assertThat(settings.database().address()).isEqualTo("postgres.example.org:5432/datalabs");
        assertThat(settings.database().connections()).isEqualTo(12);
        assertThat(settings.database().passwordFile()).hasFileName("database-password");
        assertThat(settings.quota()).isEqualTo(new Quota(4, new Resources(2500, 64 * Resources.GB, 1)));
        assertThat(settings.idle()).isEqualTo(Duration.ofHours(12));
        assertThat(settings.originPattern()).isEqualTo("{session}.sessions.example.org");
        assertThat(settings.farewell()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.kubernetes().zone()).isEqualTo("demo");
        assertThat(settings.kubernetes().volumes())
                .containsEntry(new VolumeId("planck"), new VolumeSource.Nfs("nfs.example.org", "/planck"))
                .containsEntry(new VolumeId("scratch"), new VolumeSource.Claim("scratch"));
        assertThat(settings.pools()).hasSize(2);
        PoolSetting topcat = settings.pools().get(1);
        assertThat(topcat.datalab()).isEqualTo(new DatalabId("topcat"));
        assertThat(topcat.version()).isEqualTo("4.8");
        assertThat(topcat.preset()).isEqualTo("small");
        assertThat(topcat.ready()).isEqualTo(50);
        assertThat(topcat.places())
                .containsEntry("version", folder.resolve("settings.yaml") + ":25 warmPools[1].version");
        Volume planck = settings.volumes().get(0);
        assertThat(planck.readOnly()).isTrue();
        assertThat(planck.origin()).isEqualTo("Planck");
        assertThat(settings.volumes().get(1).usualPath()).isEqualTo("/data/scratch");
        assertThat(settings.volumes().get(1).readOnly()).isFalse();
    }

    @Test
    void readsTheExampleOfTheDescription() throws Exception {
        String description = Files.readString(Path.of("docs/settings.md"));
        String example = description.substring(description.indexOf("```yaml\n") + 8);
        Settings settings = read(example.substring(0, example.indexOf("```")));
        assertThat(settings.volumes()).hasSize(1);
        assertThat(settings.kubernetes().presets()).containsOnlyKeys("all", "gpu");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: Demo cluster            | nam: Demo cluster                       | :1 nam: There is no field nam. Did you mean name?
            name: Demo cluster            | name: 5                                 | :1 name: YAML takes 5 for a number
            listen: 0.0.0.0:8080          | listen: 8080                            | :2 listen
            listen: 0.0.0.0:8080          | listen: 0.0.0.0:80800                   | :2 listen: 0.0.0.0:80800 is not an address.
            listen: 0.0.0.0:8080          | #                                       | listen: The field listen is missing. Give HOST:PORT
            user: datalabs                | user:                                   | :6 database.user: The text is empty.
            user: datalabs                | password: secret                        | :6 database.password: There is no field password.
            5432/datalabs                 | 5432/datalabs?password=x                | :5 database.url: Credentials do not belong in an address.
            jdbc:postgresql               | jdbc:h2                                 | :5 database.url: This is not the address of a PostgreSQL database.
            cpu: 2.5,                     | cpu: 0,                                 | :10 quota.cpu: 0 is not possible here.
            memory: 64 GB                 | memory: 64                              | :10 quota.memory
            memory: 64 GB                 | memory: 64 gigabytes                    | :10 quota.memory: 64 gigabytes is not an amount.
            pauseAfterMinutes: 720        | pauseAfterMinutes: soon                 | :12 idle.pauseAfterMinutes
            {session}.sessions            | sessions                                | :13 origins.pattern: sessions.example.org is not possible here.
            zone: demo                    | zone: Demo                              | kubernetes: kubernetes.zone: give 1 to 63 of a-z, 0-9 and dashes, not Demo.
            imagePrefix: registry         | imagePrefixes: registry                 | :19 kubernetes.imagePrefixes: There is no field imagePrefixes. Did you mean imagePrefix?
            storageClass: standard        | storage: standard                       | :18 kubernetes.home.storage: There is no field storage.
            mode: cidrs                   | mode: closed                            | :20 kubernetes.egress.mode
            prePull: [topcat]             | warmPools: [topcat]                     | :22 kubernetes.warmPools: There is no field warmPools.
            ready: 2                      | ready: 0                                | :24 warmPools[0].ready: 0 is not possible here.
            ready: 50                     | ready: 51                               | :25 warmPools[1].ready: 51 is not possible here.
            datalab: esasky, ready: 2     | datalab: esasky                         | :24 warmPools[0].ready: The field ready is missing. Give how many
            datalab: esasky               | datalab: ESASky                         | :24 warmPools[0].datalab: ESASky is not possible here. Give the id of a datalab
            datalab: esasky               | lab: esasky                             | :24 warmPools[0].lab: There is no field lab.
            {datalab: esasky, ready: 2}   | esasky                                  | :24 warmPools[0]: Here is a text, not a group of fields.
            {claim: scratch}              | {disk: scratch}                         | :34 volumes[1].source
            {claim: scratch}              | {hostPath: /scratch}                    | volumes: volumes: scratch is a folder of the machines
            id: scratch                   | id: planck                              | :34 volumes[1].id: Another volume has the id planck.
            usualPath: /data/planck       | usualPath: /etc                         | :32 volumes[0].usualPath
            zone: demo                    | zone: [                                 | This is not YAML
            """)
    void namesFileLineAndFieldOfAMistake(String right, String wrong, String told) {
        assertThat(WHOLE).contains(right);
        assertThatThrownBy(() -> read(WHOLE.replace(right, wrong)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(folder.resolve("settings.yaml") + ":")
                .hasMessageContaining(told);
    }

    @Test
    void tellsOfAFileThatIsNotThere() {
        assertThatThrownBy(() -> SettingsReader.read(folder.resolve("none.yaml")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("there is no such file");
    }

    private Settings read(String text) throws IOException {
        return SettingsReader.read(Files.writeString(folder.resolve("settings.yaml"), text));
    }
}
