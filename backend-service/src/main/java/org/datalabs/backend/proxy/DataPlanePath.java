package org.datalabs.backend.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.datalabs.core.session.SessionId;

/**
 * A request target of a session, read strictly: what two readers could take for two different paths is refused here,
 * before anything is decided by it.
 */
sealed interface DataPlanePath {
    String ROOT = "/s/";
    int LONGEST = 16 * 1024;

    /**
     * A good one.
     *
     * @param session the session
     * @param root path of the session's root without its last slash: {@code /s/{session}}, or empty at an origin of its own
     * @param rest what follows the root, as sent: empty, or a slash and more
     * @param query the query as sent, without its question mark; empty when there is none
     */
    record Good(SessionId session, String root, String rest, String query) implements DataPlanePath {

        /** The path as sent. */
        String path() {
            return root + rest;
        }

        /** Whether it is the path of the RFB stream. */
        boolean isVnc() {
            return rest.equals("/vnc");
        }

        Good withQuery(String other) {
            return new Good(session, root, rest, other);
        }

        /** Path and query as sent. */
        String target() {
            return query.isEmpty() ? path() : path() + "?" + query;
        }
    }

    /** One without a session that could exist. */
    record Unknown() implements DataPlanePath {}

    /** One that is refused; {@code why} is a plain sentence. */
    record Refused(String why) implements DataPlanePath {}

    /** Reads a request target that begins with {@link #ROOT}. */
    static DataPlanePath parse(String target) {
        String fault = faultOfTarget(target);
        if (!fault.isEmpty()) {
            return new Refused(fault);
        }
        String path = path(target);
        int end = path.indexOf('/', ROOT.length());
        String id = end < 0 ? path.substring(ROOT.length()) : path.substring(ROOT.length(), end);
        if (!SessionId.isValid(id)) {
            return new Unknown();
        }
        SessionId session = new SessionId(id);
        return checked(new Good(session, ROOT + id, end < 0 ? "" : path.substring(end), query(target)));
    }

    /** Reads a request target at a session's own origin. */
    static DataPlanePath parseAtOrigin(SessionId session, String target) {
        String fault = target.startsWith("/") ? faultOfTarget(target) : "The target is not a path.";
        return fault.isEmpty() ? checked(new Good(session, "", path(target), query(target))) : new Refused(fault);
    }

    /** Whether no two readers could take a path for different ones. */
    static boolean isSound(String path) {
        return path.length() <= LONGEST && fault(path).isEmpty();
    }

    private static DataPlanePath checked(Good good) {
        return good.rest().startsWith("//") ? new Refused("The path holds an empty segment.") : good;
    }

    private static String path(String target) {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    private static String query(String target) {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    private static String faultOfTarget(String target) {
        if (target.length() > LONGEST) {
            return "The address is longer than " + LONGEST + " characters.";
        }
        String fault = fault(path(target));
        return fault.isEmpty() && !isPrintable(query(target))
                ? "The query holds characters that must be encoded."
                : fault;
    }

    private static String fault(String path) {
        if (isPlain(path)) {
            return "";
        }
        if (!isPrintable(path) || path.indexOf('\\') >= 0) {
            return "The path holds characters that must be encoded.";
        }
        for (String segment : path.split("/", -1)) {
            String decoded;
            try {
                decoded = decode(segment);
            } catch (CharacterCodingException e) {
                return "The path is not well encoded.";
            }
            if (decoded.indexOf('/') >= 0 || decoded.indexOf('\\') >= 0) {
                return "The path holds an encoded slash.";
            }
            if (decoded.chars().anyMatch(Character::isISOControl)) {
                return "The path holds control characters.";
            }
            // Some servers cut parameters off before they look for dots.
            int cut = decoded.indexOf(';');
            String name = cut < 0 ? decoded : decoded.substring(0, cut);
            if (name.equals(".") || name.equals("..")) {
                return "The path leads upwards.";
            }
        }
        return "";
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '#') {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing in it needs a second look, as in nearly all paths: no escapes, and no segment begins with a dot. */
    private static boolean isPlain(String path) {
        char before = ' ';
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean harmless = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '_'
                    || (c == '.' && before != '/')
                    || (c == '/' && before != '/');
            if (!harmless) {
                return false;
            }
            before = c;
        }
        return true;
    }

    private static String decode(String segment) throws CharacterCodingException {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
        int i = 0;
        while (i < segment.length()) {
            char c = segment.charAt(i);
            if (c != '%') {
                bytes.write(c);
                i++;
                continue;
            }
            int high = i + 3 <= segment.length() ? Character.digit(segment.charAt(i + 1), 16) : -1;
            int low = i + 3 <= segment.length() ? Character.digit(segment.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw new CharacterCodingException();
            }
            bytes.write((high << 4) | low);
            i += 3;
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes.toByteArray()))
                .toString();
    }
}
