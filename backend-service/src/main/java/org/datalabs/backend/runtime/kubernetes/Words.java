package org.datalabs.backend.runtime.kubernetes;

import java.util.Locale;
import org.datalabs.core.catalogue.Resources;

/** Texts of the cluster made fit to be read by a user. */
final class Words {
    private static final int LONGEST = 300;

    private Words() {}

    /** On one line, not too long, with a full stop. */
    static String sentence(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        String cut = plain.length() > LONGEST ? plain.substring(0, LONGEST) + "..." : plain;
        return cut.endsWith(".") ? cut : cut + ".";
    }

    /** A size in the words of the launch wizard, such as 2 GB or 1.5 GB. */
    static String size(long bytes) {
        double gigabytes = (double) bytes / Resources.GB;
        if (gigabytes < 1) {
            return Math.round(gigabytes * 1024) + " MB";
        }
        return gigabytes == Math.rint(gigabytes)
                ? (long) gigabytes + " GB"
                : String.format(Locale.ROOT, "%.1f GB", gigabytes);
    }
}
