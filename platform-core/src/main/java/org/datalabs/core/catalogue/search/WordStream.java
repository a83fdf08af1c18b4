package org.datalabs.core.catalogue.search;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Hands words that are already made to Lucene. Used by one thread, for one field after another. */
final class WordStream extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private Collection<String> words = List.of();
    private Iterator<String> rest = words.iterator();

    WordStream of(Collection<String> newWords) {
        words = newWords;
        return this;
    }

    @Override
    public void reset() {
        rest = words.iterator();
    }

    @Override
    public boolean incrementToken() {
        if (!rest.hasNext()) {
            return false;
        }
        clearAttributes();
        term.setEmpty().append(rest.next());
        return true;
    }
}
