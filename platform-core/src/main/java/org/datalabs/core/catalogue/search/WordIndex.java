package org.datalabs.core.catalogue.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.datalabs.core.catalogue.Datalab;
import org.jspecify.annotations.Nullable;

/**
 * A Lucene index from words to datalabs, asked term by term: a keystroke walks the postings of its terms and notes what
 * each match is worth in an array, without queries, scorers or stored fields. Thread-safe.
 */
final class WordIndex {
    /** The joined name and the joined id, each as one term. */
    static final String WHOLE = "WHOLE";

    private static final FieldType TYPE = new FieldType();
    private static final double BUFFER_MB = 48;

    static {
        TYPE.setTokenized(true);
        TYPE.setOmitNorms(true);
        TYPE.setIndexOptions(IndexOptions.DOCS);
        TYPE.freeze();
    }

    private final DirectoryReader reader;

    private WordIndex(DirectoryReader reader) {
        this.reader = reader;
    }

    /** Indexes {@code datalabs}; a datalab's number is its place in the list. */
    static WordIndex of(List<Datalab> datalabs) {
        // Segments that are never merged keep the numbers in order. All is heap memory, which needs no closing.
        IndexWriterConfig config = new IndexWriterConfig()
                .setMergePolicy(NoMergePolicy.INSTANCE)
                .setRAMBufferSizeMB(BUFFER_MB)
                .setUseCompoundFile(false);
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        try {
            try (IndexWriter writer = new IndexWriter(directory, config)) {
                Row row = new Row();
                for (Datalab datalab : datalabs) {
                    writer.addDocument(row.of(datalab));
                }
            }
            return new WordIndex(DirectoryReader.open(directory));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    int size() {
        return reader.maxDoc();
    }

    /** Notes {@code worth} for all datalabs with {@code word} in {@code field}. */
    void exact(String field, String word, byte worth, byte[] scores) throws IOException {
        BytesRef term = new BytesRef(word);
        PostingsEnum postings = null;
        for (LeafReaderContext leaf : reader.leaves()) {
            TermsEnum terms = terms(leaf, field);
            if (terms != null && terms.seekExact(term)) {
                postings = note(terms, postings, leaf.docBase, worth, scores);
            }
        }
    }

    /** Notes {@code worth} for words that start with {@code prefix}, and {@code whole} for the word itself. */
    void prefix(String field, String prefix, byte whole, byte worth, byte[] scores) throws IOException {
        BytesRef start = new BytesRef(prefix);
        PostingsEnum postings = null;
        for (LeafReaderContext leaf : reader.leaves()) {
            TermsEnum terms = terms(leaf, field);
            if (terms == null || terms.seekCeil(start) == TermsEnum.SeekStatus.END) {
                continue;
            }
            for (BytesRef term = terms.term();
                    term != null && StringHelper.startsWith(term, start);
                    term = terms.next()) {
                byte value = term.length == start.length ? whole : worth;
                postings = note(terms, postings, leaf.docBase, value, scores);
            }
        }
    }

    /** Notes {@code worth} for all words that {@code automaton} accepts. */
    void matching(String field, CompiledAutomaton automaton, byte worth, byte[] scores) throws IOException {
        PostingsEnum postings = null;
        for (LeafReaderContext leaf : reader.leaves()) {
            Terms all = leaf.reader().terms(field);
            if (all == null) {
                continue;
            }
            TermsEnum terms = automaton.getTermsEnum(all);
            while (terms.next() != null) {
                postings = note(terms, postings, leaf.docBase, worth, scores);
            }
        }
    }

    private static @Nullable TermsEnum terms(LeafReaderContext leaf, String field) throws IOException {
        Terms terms = leaf.reader().terms(field);
        return terms == null ? null : terms.iterator();
    }

    private static PostingsEnum note(TermsEnum terms, @Nullable PostingsEnum reuse, int base, byte worth, byte[] scores)
            throws IOException {
        PostingsEnum postings = terms.postings(reuse, PostingsEnum.NONE);
        for (int number = postings.nextDoc(); number != DocIdSetIterator.NO_MORE_DOCS; number = postings.nextDoc()) {
            if (scores[base + number] < worth) {
                scores[base + number] = worth;
            }
        }
        return postings;
    }

    /** One document whose fields are filled anew for each datalab. */
    private static final class Row {
        private final Document document = new Document();
        private final Map<SearchField, WordStream> streams = new EnumMap<>(SearchField.class);
        private final WordStream whole = new WordStream();

        Row() {
            for (SearchField field : SearchField.values()) {
                WordStream stream = new WordStream();
                streams.put(field, stream);
                document.add(new Field(field.name(), stream, TYPE));
            }
            document.add(new Field(WHOLE, whole, TYPE));
        }

        Document of(Datalab datalab) {
            streams.forEach((field, stream) -> stream.of(field.words(datalab)));
            Set<String> names = new TreeSet<>();
            names.add(SearchWords.joined(datalab.name()));
            names.add(SearchWords.joined(datalab.id().value()));
            whole.of(names);
            return document;
        }
    }
}
