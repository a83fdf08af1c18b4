package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The scripts and settings that sessions share, as files on the disk.
 *
 * @param folder readable inside every sandbox
 * @param launch the script that starts bubblewrap
 * @param filter the system call filter, where one is known for this machine
 */
record Kit(Path folder, Path launch, Optional<Path> filter) {

    /** Writes the files anew: an earlier version of the program may have left its own. */
    static Kit write(Path folder) throws IOException {
        Files.createDirectories(folder);
        // Programs of a backend of root read it under another id.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String name : new String[] {"launch.sh", "supervise.sh", "openbox.xml"}) {
            try (InputStream content = Kit.class.getResourceAsStream(name)) {
                if (content == null) {
                    throw new IOException(name + " is missing in the program");
                }
                Files.copy(content, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-r--r--"));
        }
        Optional<byte[]> filter = SystemCallFilter.forMachine(System.getProperty("os.arch"));
        Path filterFile = folder.resolve("filter.bpf");
        if (filter.isPresent()) {
            Files.write(filterFile, filter.get());
        }
        return new Kit(folder, folder.resolve("launch.sh"), filter.map(bytes -> filterFile));
    }

    /** The supervisor as seen inside. */
    String supervisor() {
        return Sandbox.KIT + "/supervise.sh";
    }
}
