package org.datalabs.desktop.session.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for what a session's pages keep in the browser, which only this user can read. It ends with the view: the next
 * one has another address, and so could not read it. Left to itself, WebKit would keep all of it in the home folder and give
 * storage only to the first app that runs. Thread-safe.
 */
final class PageStorage implements AutoCloseable {
    private final Path folder;

    private PageStorage(Path folder) {
        this.folder = folder;
    }

    /** @throws IOException the system's folder for temporary files cannot be written */
    static PageStorage create() throws IOException {
        return new PageStorage(Files.createTempDirectory("datalabs-page-"));
    }

    Path folder() {
        return folder;
    }

    /** Deletes all that can be deleted; WebKit may still be writing, which the system's own tidying deals with. */
    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException inUse) {
            System.getLogger(PageStorage.class.getName())
                    .log(System.Logger.Level.DEBUG, "What pages kept was not deleted whole.", inUse);
        }
    }
}
