package org.datalabs.core.catalogue.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;
import org.apache.lucene.util.automaton.Transition;
import org.datalabs.core.catalogue.search.SearchWords.Asked;

/**
 * Scores datalabs by the words of a question. Every word must match somewhere: as it is, the last one also as the start
 * of a longer word. Only when nothing matches so, further readings are tried one after the other: every word as a start,
 * then with one typing error from four letters on, then with two from eight.
 *
 * <p>A score is the sum of what each word's best match is worth; the name that equals the question comes first, names
 * that start with it next. Thread-safe.
 */
final class WordMatcher {
    /** More than any score can be. */
    static final int SCORES = 4096;

    private static final int NAME_IS_QUESTION = 2000;
    private static final int NAME_STARTS_SO = 1000;
    private static final int LETTERS_FOR_ONE = 4;
    private static final int LETTERS_FOR_TWO = 8;
    private static final byte EQUAL = 2;
    private static final byte START = 1;

    private final WordIndex index;

    WordMatcher(WordIndex index) {
        this.index = index;
    }

    /** How generously words are read. */
    private record Reading(boolean startsOnly, int errors) {
        static final List<Reading> ALL =
                List.of(new Reading(false, 0), new Reading(true, 0), new Reading(true, 1), new Reading(true, 2));
    }

    /** The score of each datalab by number, 0 for those that do not match; {@code words} holds at least one. */
    int[] scores(List<Asked> words) {
        try {
            for (Reading reading : Reading.ALL) {
                int[] scores = scores(words, reading);
                if (hasAny(scores)) {
                    preferNames(words, scores);
                    return scores;
                }
            }
            return new int[index.size()];
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private int[] scores(List<Asked> words, Reading reading) throws IOException {
        int[] sums = new int[index.size()];
        for (int place = 0; place < words.size(); place++) {
            boolean last = place == words.size() - 1;
            byte[] scores = word(words.get(place), last || reading.startsOnly(), reading.errors());
            boolean any = false;
            for (int number = 0; number < sums.length; number++) {
                boolean matches = scores[number] > 0 && (place == 0 || sums[number] > 0);
                sums[number] = matches ? sums[number] + scores[number] : 0;
                any |= matches;
            }
            if (!any) {
                break;
            }
        }
        return sums;
    }

    /** A word with joints matches joined, or with each of its parts. */
    private byte[] word(Asked word, boolean asStart, int errors) throws IOException {
        byte[] whole = part(word.whole(), asStart, errors);
        if (word.parts().size() == 1) {
            return whole;
        }
        List<byte[]> parts = new ArrayList<>();
        for (int place = 0; place < word.parts().size(); place++) {
            boolean last = place == word.parts().size() - 1;
            parts.add(part(word.parts().get(place), asStart && last, errors));
        }
        for (int number = 0; number < whole.length; number++) {
            byte least = Byte.MAX_VALUE;
            for (byte[] part : parts) {
                least = (byte) Math.min(least, part[number]);
            }
            whole[number] = (byte) Math.max(whole[number], least);
        }
        return whole;
    }

    private byte[] part(String word, boolean asStart, int errors) throws IOException {
        byte[] scores = new byte[index.size()];
        for (SearchField field : SearchField.values()) {
            if (asStart) {
                index.prefix(field.name(), word, field.exact(), field.prefix(), scores);
            } else {
                index.exact(field.name(), word, field.exact(), scores);
            }
        }
        int allowed = Math.min(errors, word.length() >= LETTERS_FOR_TWO ? 2 : word.length() >= LETTERS_FOR_ONE ? 1 : 0);
        if (allowed > 0) {
            CompiledAutomaton similar = similar(word, allowed, asStart);
            for (SearchField field : SearchField.values()) {
                index.matching(field.name(), similar, field.nearby(), scores);
            }
        }
        return scores;
    }

    private static CompiledAutomaton similar(String word, int errors, boolean asStart) {
        Automaton automaton = new LevenshteinAutomata(word, true).toAutomaton(errors);
        if (asStart) {
            automaton = asStart(automaton);
        }
        return new CompiledAutomaton(automaton, false, true);
    }

    /**
     * Takes every word that begins with one that {@code words}, which is deterministic, takes. What has been taken once
     * stays taken, so nothing needs to be determinised, which would cost milliseconds per keystroke.
     */
    private static Automaton asStart(Automaton words) {
        Automaton.Builder starts = new Automaton.Builder();
        for (int state = 0; state < words.getNumStates(); state++) {
            starts.setAccept(starts.createState(), words.isAccept(state));
        }
        Transition step = new Transition();
        for (int state = 0; state < words.getNumStates(); state++) {
            if (words.isAccept(state)) {
                starts.addTransition(state, state, Character.MIN_CODE_POINT, Character.MAX_CODE_POINT);
                continue;
            }
            int steps = words.initTransition(state, step);
            for (int i = 0; i < steps; i++) {
                words.getNextTransition(step);
                starts.addTransition(state, step.dest, step.min, step.max);
            }
        }
        return starts.finish();
    }

    private void preferNames(List<Asked> words, int[] scores) throws IOException {
        StringBuilder question = new StringBuilder();
        words.forEach(word -> question.append(word.whole()));
        byte[] names = new byte[scores.length];
        index.prefix(WordIndex.WHOLE, question.toString(), EQUAL, START, names);
        for (int number = 0; number < scores.length; number++) {
            if (scores[number] > 0 && names[number] > 0) {
                scores[number] += names[number] == EQUAL ? NAME_IS_QUESTION : NAME_STARTS_SO;
            }
        }
    }

    private static boolean hasAny(int[] scores) {
        for (int score : scores) {
            if (score > 0) {
                return true;
            }
        }
        return false;
    }
}
