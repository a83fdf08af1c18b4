package org.datalabs.core.client;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemException;

/** The form of a datazone's address: an http or https URL without user, query or fragment. Pure. */
public final class DatazoneAddress {
    private DatazoneAddress() {}

    /** What is wrong with {@code address} and what would be right, one sentence; empty when it is fine. */
    public static Optional<String> error(URI address) {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return Optional.of("Start the address with https:// or http://.");
        }
        if (address.getHost() == null || address.getHost().isEmpty()) {
            return Optional.of("Give the name of the datazone's host, such as https://datalabs.example.org.");
        }
        if (address.getRawUserInfo() != null) {
            return Optional.of("Leave out the name and password; datazones take an access token.");
        }
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            return Optional.of("Leave out what follows ? or #.");
        }
        return Optional.empty();
    }

    /** The address without a slash at its end. */
    static URI checked(URI address) {
        error(address).ifPresent(message -> {
            throw new ProblemException(Problem.field("address", message));
        });
        String text = address.toString();
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        return URI.create(text);
    }

    /** Host and port as a user knows them. */
    static String shown(URI address) {
        return address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
    }

    /** Whether only this machine can listen there, so that nothing can be read on the way. */
    public static boolean isLoopback(URI address) {
        String host = address.getHost();
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }
}
