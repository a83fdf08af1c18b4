package org.datalabs.desktop.datazone;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The datazones the user has added, in their order, and the one last worked on.
 *
 * @param format version of this form
 * @param current key of the datazone last worked on
 * @param datazones all but the embedded one
 */
record DatazoneSettings(int format, String current, List<Entry> datazones) {
    static final int FORMAT = 1;
    static final String LOCAL_KEY = "local";

    private static final int LONGEST_KEY = 40;

    /** A datazone of the list. */
    record Entry(String key, String name, URI address) {}

    DatazoneSettings {
        datazones = List.copyOf(datazones);
    }

    static DatazoneSettings none() {
        return new DatazoneSettings(FORMAT, LOCAL_KEY, List.of());
    }

    DatazoneSettings withCurrent(String key) {
        return new DatazoneSettings(format, key, datazones);
    }

    DatazoneSettings with(Entry added) {
        List<Entry> more = new ArrayList<>(datazones);
        more.add(added);
        return new DatazoneSettings(format, current, more);
    }

    DatazoneSettings without(String key) {
        List<Entry> fewer = new ArrayList<>(datazones);
        fewer.removeIf(entry -> entry.key().equals(key));
        return new DatazoneSettings(format, current.equals(key) ? LOCAL_KEY : current, fewer);
    }

    Optional<Entry> at(URI address) {
        String wanted = form(address);
        return datazones.stream()
                .filter(entry -> form(entry.address()).equals(wanted))
                .findFirst();
    }

    /** A key for a datazone at {@code address} that none has: also the name of the files that are kept of it. */
    String freeKey(URI address) {
        String host = address.getHost() == null ? "datazone" : address.getHost();
        String base = (host + (address.getPort() < 0 ? "" : "-" + address.getPort()))
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        String shortened = base.length() > LONGEST_KEY ? base.substring(0, LONGEST_KEY) : base;
        String key = shortened;
        for (int number = 2; isTaken(key); number++) {
            key = shortened + "-" + number;
        }
        return key;
    }

    private boolean isTaken(String key) {
        return key.equals(LOCAL_KEY)
                || datazones.stream().anyMatch(entry -> entry.key().equals(key));
    }

    /** Two addresses with the same form are the same datazone. */
    private static String form(URI address) {
        String text = address.normalize().toString().toLowerCase(Locale.ROOT);
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
