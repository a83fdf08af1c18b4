package org.datalabs.core.catalogue.manifest;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.datalabs.core.volume.MountRules;
import org.datalabs.core.yaml.Fields;
import org.datalabs.core.yaml.TextForm;

/** The forms of the texts in a manifest. */
final class Forms {
    static final TextForm DNS_LABEL = TextForm.matching(
            "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", 63, "Give up to 63 of a-z, 0-9 and dashes, with neither end a dash.");
    static final TextForm PRESET_ID =
            TextForm.matching("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?", 40, "Give up to 40 of a-z, 0-9 and inner dashes.");
    static final TextForm VERSION = TextForm.matching(
            "[A-Za-z0-9]([A-Za-z0-9._+-]{0,61}[A-Za-z0-9])?",
            63,
            "Give up to 63 letters, digits and inner . _ + -, in quotes, such as \"4.8\".");
    static final TextForm DATE =
            TextForm.checked(10, Forms::dateError, "Give year, month and day, such as 2026-03-01.");
    static final TextForm URL =
            TextForm.checked(2000, Forms::urlError, "Give a web address that starts with https:// or http://.");
    static final TextForm ICON =
            new TextForm(4000, false, false, SvgPath::error, "Give SVG path data, such as M4 4h16v16H4z.");
    static final TextForm IMAGE = TextForm.checked(
            512,
            ImageReference::error,
            "Name one release by tag or digest, such as registry.example.org/datalabs/topcat:4.8.");
    static final TextForm BASE = TextForm.matching(
            "(\\{base\\}|/)[A-Za-z0-9._~/-]*",
            200,
            "Start with {base}, or give a fixed path that starts with a slash.");
    static final TextForm READY = TextForm.matching(
                    "(?!/)(?!.*\\.\\.)[A-Za-z0-9._~/?=&%+-]+",
                    200, "Give a path below the base, without a slash in front.")
            .orEmpty();
    static final TextForm AUTHORIZATION = TextForm.matching(
                    "[!-~]([ -~]*[!-~])?", 200, "Give the value of a header, such as token {token}.")
            .and(text -> Placeholders.error(text, Set.of("token")));
    static final TextForm AMOUNT = TextForm.amount();
    static final TextForm PROGRAM = TextForm.matching(
            "[A-Za-z0-9][A-Za-z0-9._+-]*|(/[A-Za-z0-9._+-]+)+",
            200,
            "Give the name of a program, or its absolute path.");
    static final TextForm DEBIAN_PACKAGE =
            TextForm.matching("[a-z0-9][a-z0-9+.-]+", 100, "Give the name of a Debian package, such as topcat.");
    static final TextForm VARIABLE = TextForm.matching(
            "[A-Za-z_][A-Za-z0-9_]*", 100, "Give letters, digits and underscores, such as OMP_NUM_THREADS.");
    static final TextForm MOUNT_PATH = TextForm.checked(
            1024, MountRules::pathError, "Give an absolute folder outside the system's own, such as /data/m31.");
    static final TextForm OPTION_NAME = TextForm.matching(
            "[a-z][a-z0-9_]{0,39}", 40, "Start with a letter and give up to 40 of a-z, 0-9 and underscores.");

    private Forms() {}

    private static Optional<String> dateError(String text) {
        try {
            if (text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                LocalDate.parse(text);
                return Optional.empty();
            }
        } catch (DateTimeException noSuchDay) {
            return Optional.of("There is no day " + text + ".");
        }
        return Optional.of(Fields.shown(text) + " is not a date.");
    }

    private static Optional<String> urlError(String text) {
        try {
            URI url = new URI(text);
            boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (web && url.getHost() != null && url.getRawUserInfo() == null) {
                return Optional.empty();
            }
        } catch (URISyntaxException malformed) {
            return Optional.of(Fields.shown(text) + " is not a web address.");
        }
        return Optional.of(Fields.shown(text) + " is not a web address that can be opened.");
    }
}
