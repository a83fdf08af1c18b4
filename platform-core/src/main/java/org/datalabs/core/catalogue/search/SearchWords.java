package org.datalabs.core.catalogue.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;

/**
 * How texts and questions become words. Words are in lower case and without accents. A text's word such as
 * {@code XMM-Newton} or {@code JupyterLab} is found whole, however it is joined, and by its parts. Pure.
 */
final class SearchWords {
    private static final int LONGEST_QUESTION = 200;
    private static final int MOST_WORDS = 16;
    private static final int MOST_PARTS = 8;

    private SearchWords() {}

    /**
     * A word of a question.
     *
     * @param whole its letters and digits without what joins them
     * @param parts the first few of what is between the joints; one part when there are none
     */
    record Asked(String whole, List<String> parts) {}

    /** The words of a question, in order. */
    static List<Asked> asked(String question) {
        String text = question.length() > LONGEST_QUESTION ? question.substring(0, LONGEST_QUESTION) : question;
        List<Asked> words = new ArrayList<>();
        for (String chunk : folded(text).split("\\s+")) {
            List<String> parts = new ArrayList<>();
            StringBuilder whole = new StringBuilder();
            runs(chunk, false, (from, to) -> {
                if (parts.size() < MOST_PARTS) {
                    parts.add(chunk.substring(from, to));
                }
                whole.append(chunk, from, to);
            });
            if (!parts.isEmpty() && words.size() < MOST_WORDS) {
                words.add(new Asked(whole.toString(), List.copyOf(parts)));
            }
        }
        return words;
    }

    /** Adds everything by which {@code text} is found. */
    static void collect(String text, Set<String> words) {
        String plain = composed(text);
        int length = plain.length();
        int start = 0;
        while (start < length) {
            if (Character.isWhitespace(plain.charAt(start))) {
                start++;
                continue;
            }
            int end = start;
            while (end < length && !Character.isWhitespace(plain.charAt(end))) {
                end++;
            }
            collectChunk(plain.substring(start, end), words);
            start = end;
        }
    }

    private static void collectChunk(String chunk, Set<String> words) {
        StringBuilder whole = new StringBuilder();
        int[] joints = {0};
        runs(chunk, false, (from, to) -> {
            String part = chunk.substring(from, to);
            String word = lower(part);
            words.add(word);
            whole.append(word);
            joints[0]++;
            runs(part, true, (innerFrom, innerTo) -> {
                if (innerTo - innerFrom < part.length()) {
                    words.add(lower(part.substring(innerFrom, innerTo)));
                }
            });
        });
        if (joints[0] > 1) {
            words.add(whole.toString());
        }
    }

    /** All letters and digits of a text as one word. */
    static String joined(String text) {
        String folded = folded(text);
        StringBuilder joined = new StringBuilder(folded.length());
        runs(folded, false, (from, to) -> joined.append(folded, from, to));
        return joined.toString();
    }

    /** Lower case without accents. */
    static String folded(String text) {
        return lower(composed(text));
    }

    /** A run of letters and digits within a text. */
    private interface Run {
        void at(int from, int to);
    }

    /** Finds the runs of letters and digits; {@code fine} also parts {@code JupyterLab} and {@code ds9}. */
    private static void runs(String text, boolean fine, Run run) {
        int start = -1;
        for (int index = 0; index <= text.length(); index++) {
            boolean inside = index < text.length() && Character.isLetterOrDigit(text.charAt(index));
            boolean parted =
                    start >= 0 && (!inside || (fine && isBoundary(text.charAt(index - 1), text.charAt(index))));
            if (parted) {
                run.at(start, index);
                start = -1;
            }
            if (inside && start < 0) {
                start = index;
            }
        }
    }

    private static boolean isBoundary(char before, char after) {
        return Character.isDigit(before) != Character.isDigit(after)
                || (Character.isLowerCase(before) && Character.isUpperCase(after));
    }

    private static String lower(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (isAscii(lower)) {
            return lower;
        }
        char[] folded = new char[lower.length() * 4];
        int length = ASCIIFoldingFilter.foldToASCII(lower.toCharArray(), 0, folded, 0, lower.length());
        return new String(folded, 0, length);
    }

    private static String composed(String text) {
        return isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    private static boolean isAscii(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) >= 128) {
                return false;
            }
        }
        return true;
    }
}
