package org.datalabs.core.catalogue.manifest;

import java.util.Optional;

/**
 * Checks SVG path data against the grammar of SVG 2, section 9.3.9. Coordinates are bounded as well, since they end in
 * a box of 24 by 24.
 */
final class SvgPath {
    private static final double FARTHEST = 1000;

    private final String text;
    private int at;

    private SvgPath(String text) {
        this.text = text;
    }

    /** Thrown where the text leaves the grammar. */
    private static final class MistakeException extends Exception {
        private static final long serialVersionUID = 1L;

        MistakeException(String message) {
            super(message);
        }
    }

    /** What is wrong with {@code text}; empty when nothing is. */
    static Optional<String> error(String text) {
        SvgPath path = new SvgPath(text);
        try {
            path.commands();
            return Optional.empty();
        } catch (MistakeException mistake) {
            return Optional.of(mistake.getMessage() + " at character " + (path.at + 1) + " of the path.");
        }
    }

    private void commands() throws MistakeException {
        skipSpace();
        if (at == text.length() || lower(text.charAt(at)) != 'm') {
            throw new MistakeException("The path does not start with M");
        }
        while (at < text.length()) {
            char command = lower(text.charAt(at));
            int count = arguments(command);
            at++;
            skipSpace();
            if (count > 0) {
                groups(command, count);
            }
            skipSpace();
        }
    }

    /** How many numbers each use of a command takes. */
    private int arguments(char command) throws MistakeException {
        return switch (command) {
            case 'z' -> 0;
            case 'h', 'v' -> 1;
            case 'm', 'l', 't' -> 2;
            case 's', 'q' -> 4;
            case 'c' -> 6;
            case 'a' -> 7;
            default -> throw new MistakeException("There is no path command like that");
        };
    }

    private void groups(char command, int count) throws MistakeException {
        do {
            for (int index = 0; index < count; index++) {
                if (index > 0) {
                    skipSpaceAndComma();
                }
                if (command == 'a' && (index == 3 || index == 4)) {
                    flag();
                } else {
                    number(command == 'a' && index < 2);
                }
            }
        } while (anotherGroup());
    }

    /** Whether more numbers follow, which a comma promises. */
    private boolean anotherGroup() {
        int before = at;
        boolean comma = skipSpaceAndComma();
        if (comma || startsNumber()) {
            return true;
        }
        at = before;
        return false;
    }

    private boolean startsNumber() {
        return at < text.length() && (isDigit(at) || "+-.".indexOf(text.charAt(at)) >= 0);
    }

    private void flag() throws MistakeException {
        if (at == text.length() || (text.charAt(at) != '0' && text.charAt(at) != '1')) {
            throw new MistakeException("An arc's flag, 0 or 1, is missing");
        }
        at++;
    }

    private void number(boolean isRadius) throws MistakeException {
        int start = at;
        if (at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        int whole = digits();
        if (at < text.length() && text.charAt(at) == '.') {
            int dot = at;
            at++;
            if (digits() == 0) {
                at = dot;
                throw new MistakeException("Digits after the point are missing");
            }
        } else if (whole == 0) {
            at = start;
            throw new MistakeException("A number is missing");
        }
        exponent();
        double value = Double.parseDouble(text.substring(start, at));
        if (Math.abs(value) > FARTHEST || (isRadius && value < 0)) {
            at = start;
            throw new MistakeException("A number is out of range");
        }
    }

    private void exponent() throws MistakeException {
        if (at < text.length() && lower(text.charAt(at)) == 'e') {
            at++;
            if (at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            if (digits() == 0) {
                throw new MistakeException("Digits of the exponent are missing");
            }
        }
    }

    private int digits() {
        int start = at;
        while (at < text.length() && isDigit(at)) {
            at++;
        }
        return at - start;
    }

    private boolean isDigit(int index) {
        return text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** Whether a comma was among what was skipped. */
    private boolean skipSpaceAndComma() {
        skipSpace();
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
            skipSpace();
            return true;
        }
        return false;
    }

    private static char lower(char letter) {
        return letter >= 'A' && letter <= 'Z' ? (char) (letter + 32) : letter;
    }
}
