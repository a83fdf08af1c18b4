package org.datalabs.backend.runtime.local;

import java.util.List;
import java.util.stream.Collectors;
import org.datalabs.core.catalogue.Availability;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.LocalCommand;
import org.datalabs.core.catalogue.Need;
import org.datalabs.core.catalogue.Version;

/** Says whether a version can run on this computer, and what it would take. */
final class LocalAvailability {
    static final String NO_SANDBOX = "Datalabs cannot be isolated from each other on this computer.";

    private final Programs programs;
    private final Tools tools;

    LocalAvailability(Programs programs, Tools tools) {
        this.programs = programs;
        this.tools = tools;
    }

    Availability of(Version version, Kind kind) {
        LocalCommand command = version.local();
        if (command == null) {
            return Availability.no(
                    "Needs a cluster datazone: it comes as a container image only.",
                    "Connect to a cluster datazone and launch it there.");
        }
        if (!tools.refusal().isEmpty()) {
            return Availability.no(NO_SANDBOX, remedy(tools));
        }
        List<Need> missing = programs.missing(tools.needs(command, kind));
        return missing.isEmpty() ? Availability.YES : Availability.no(missing(missing), install(missing));
    }

    static String remedy(Tools tools) {
        return tools.bubblewrap().isEmpty()
                ? "Install the package bubblewrap, for example with: sudo apt install bubblewrap"
                : "Let bubblewrap make user namespaces. It said: " + tools.refusal();
    }

    static String missing(List<Need> needs) {
        List<String> names = needs.stream().map(Programs::name).distinct().toList();
        return names.size() == 1
                ? names.get(0) + " is not installed on this computer."
                : String.join(", ", names) + " are not installed on this computer.";
    }

    static String install(List<Need> needs) {
        List<String> packages =
                needs.stream().map(Need::debianPackage).distinct().toList();
        return "Install the package" + (packages.size() == 1 ? " " : "s ")
                + packages.stream().collect(Collectors.joining(", ")) + ", for example with: sudo apt install "
                + String.join(" ", packages);
    }
}
