package org.datalabs.desktop.session.gateway;

/** Finds where a script may be put before all others: the states before "in head" of the HTML standard, 13.2.6.4. */
final class HeadScanner {
    /** More bytes are needed. */
    static final int UNDECIDED = -1;

    private final byte[] text;
    private final int length;
    private final boolean complete;

    private HeadScanner(byte[] text, int length, boolean complete) {
        this.text = text;
        this.length = length;
        this.complete = complete;
    }

    /**
     * The place, or {@link #UNDECIDED}.
     *
     * @param text a document's first bytes in an encoding that extends ASCII
     * @param complete whether nothing follows, or nothing more will be waited for
     */
    static int place(byte[] text, int length, boolean complete) {
        return new HeadScanner(text, length, complete).place();
    }

    private int place() {
        int at = length >= 3 && text[0] == (byte) 0xef && text[1] == (byte) 0xbb && text[2] == (byte) 0xbf ? 3 : 0;
        while (true) {
            int token = at;
            while (token < length && (text[token] == ' ' || (text[token] >= 9 && text[token] <= 13))) {
                token++;
            }
            if (token == length && !complete) {
                return UNDECIDED;
            }
            int end;
            boolean last = false;
            if (starts(token, "<!--")) {
                end = after(token + 4, "-->");
            } else if (starts(token, "<!") || starts(token, "<?")) {
                end = after(token, ">");
            } else if (isTag(token, "<html")) {
                end = tagEnd(token + 5);
            } else if (isTag(token, "<head")) {
                end = tagEnd(token + 5);
                last = true;
            } else {
                return !complete && mayStillMatch(token) ? UNDECIDED : token;
            }
            if (end < 0) {
                return complete ? token : UNDECIDED;
            }
            if (last) {
                return end;
            }
            at = end;
        }
    }

    private boolean mayStillMatch(int at) {
        return length - at < 6 && (length == at || text[at] == '<');
    }

    private boolean isTag(int at, String tag) {
        if (!starts(at, tag) || at + tag.length() >= length) {
            return false;
        }
        byte next = text[at + tag.length()];
        return next == '>' || next == '/' || next == ' ' || (next >= 9 && next <= 13);
    }

    private boolean starts(int at, String lowerCase) {
        if (at + lowerCase.length() > length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if (Character.toLowerCase((char) text[at + i]) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int after(int from, String end) {
        for (int at = from; at + end.length() <= length; at++) {
            if (starts(at, end)) {
                return at + end.length();
            }
        }
        return -1;
    }

    /** Past the tag's end; a sign between quotes is none. */
    private int tagEnd(int from) {
        byte quote = 0;
        for (int at = from; at < length; at++) {
            byte c = text[at];
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if ((c == '"' || c == '\'') && isValueStart(at)) {
                quote = c;
            } else if (c == '>') {
                return at + 1;
            }
        }
        return -1;
    }

    private boolean isValueStart(int quote) {
        int at = quote - 1;
        while (at > 0 && text[at] == ' ') {
            at--;
        }
        return text[at] == '=';
    }
}
