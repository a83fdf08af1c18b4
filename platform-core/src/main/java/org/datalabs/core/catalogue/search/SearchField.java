package org.datalabs.core.catalogue.search;

import java.util.Set;
import java.util.TreeSet;
import org.datalabs.core.catalogue.Datalab;

/** What is searched, with what a match in it is worth. Heaviest first. */
enum SearchField {
    NAME(40, 28) {
        @Override
        void collect(Datalab datalab, Set<String> words) {
            SearchWords.collect(datalab.name(), words);
            SearchWords.collect(datalab.id().value(), words);
        }
    },
    KEYWORDS(20, 14) {
        @Override
        void collect(Datalab datalab, Set<String> words) {
            datalab.keywords().forEach(text -> SearchWords.collect(text, words));
            datalab.missions().forEach(text -> SearchWords.collect(text, words));
            datalab.instruments().forEach(text -> SearchWords.collect(text, words));
        }
    },
    TOPICS(12, 8) {
        @Override
        void collect(Datalab datalab, Set<String> words) {
            datalab.domains().forEach(text -> SearchWords.collect(text, words));
            datalab.themes().forEach(text -> SearchWords.collect(text, words));
        }
    },
    SUMMARY(8, 5) {
        @Override
        void collect(Datalab datalab, Set<String> words) {
            SearchWords.collect(datalab.summary(), words);
        }
    },
    DESCRIPTION(3, 2) {
        @Override
        void collect(Datalab datalab, Set<String> words) {
            SearchWords.collect(datalab.description(), words);
            SearchWords.collect(datalab.maintainer().name(), words);
        }
    };

    private final byte exact;
    private final byte prefix;

    SearchField(int exact, int prefix) {
        this.exact = (byte) exact;
        this.prefix = (byte) prefix;
    }

    abstract void collect(Datalab datalab, Set<String> words);

    Set<String> words(Datalab datalab) {
        Set<String> words = new TreeSet<>();
        collect(datalab, words);
        return words;
    }

    byte exact() {
        return exact;
    }

    byte prefix() {
        return prefix;
    }

    /** A word that is meant but written otherwise is worth half. */
    byte nearby() {
        return (byte) Math.max(1, prefix / 2);
    }
}
