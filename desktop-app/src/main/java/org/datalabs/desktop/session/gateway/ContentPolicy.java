package org.datalabs.desktop.session.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Opens a Content-Security-Policy for one script and nothing else (CSP level 3, 2.3 and 6.7). */
final class ContentPolicy {
    private ContentPolicy() {}

    /**
     * The policy with the script let in.
     *
     * @param policy a header's value, perhaps several policies joined by commas
     * @param script address of the script; its origin serves the page
     * @param nonce given to the script's element; used where addresses do not count
     */
    static String admitting(String policy, String script, String nonce) {
        List<String> policies = new ArrayList<>();
        for (String one : policy.split(",")) {
            policies.add(one(one.trim(), script, nonce));
        }
        return String.join(", ", policies);
    }

    private static String one(String policy, String script, String nonce) {
        List<String> directives = new ArrayList<>(Arrays.stream(policy.split(";"))
                .map(String::trim)
                .filter(directive -> !directive.isEmpty() && !name(directive).equals("upgrade-insecure-requests"))
                .toList());
        List<String> names = directives.stream().map(ContentPolicy::name).toList();
        int governing = first(names, "script-src-elem", "script-src", "default-src");
        if (governing >= 0) {
            String sources = admit(
                    directives.get(governing).substring(names.get(governing).length()), script, nonce);
            if (names.get(governing).equals("default-src")) {
                directives.add("script-src" + sources);
            } else {
                directives.set(governing, names.get(governing) + sources);
            }
        }
        int connecting = names.indexOf("connect-src");
        if (connecting >= 0) {
            directives.set(
                    connecting,
                    "connect-src" + withSelf(directives.get(connecting).substring(11)));
        }
        return String.join("; ", directives);
    }

    private static int first(List<String> names, String... wanted) {
        return Arrays.stream(wanted)
                .mapToInt(names::indexOf)
                .filter(index -> index >= 0)
                .findFirst()
                .orElse(-1);
    }

    private static String name(String directive) {
        return directive.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
    }

    /** A nonce would switch 'unsafe-inline' off, an address does not count beside 'strict-dynamic'. */
    private static String admit(String sources, String script, String nonce) {
        String kept = sources.replaceAll("(?i)\\s'none'", "");
        boolean strict = kept.toLowerCase(Locale.ROOT).contains("'strict-dynamic'");
        return kept + (strict ? " 'nonce-" + nonce + "'" : " " + script);
    }

    private static String withSelf(String sources) {
        String kept = sources.replaceAll("(?i)\\s'none'", "");
        return kept.toLowerCase(Locale.ROOT).contains("'self'") ? kept : kept + " 'self'";
    }
}
