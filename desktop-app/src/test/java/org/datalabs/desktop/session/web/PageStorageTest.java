package org.datalabs.desktop.session.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class PageStorageTest {
    @Test
    void isForThisUserAloneAndGoesWithAllInIt() throws IOException {
        PageStorage storage = PageStorage.create();
        Path folder = storage.folder();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        Files.writeString(
                Files.createDirectories(folder.resolve("localstorage")).resolve("a"), "b");

        storage.close();

        assertThat(folder).doesNotExist();
    }
}
