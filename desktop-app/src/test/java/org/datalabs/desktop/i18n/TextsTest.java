package org.datalabs.desktop.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PropertyResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the sources: every text is in a bundle, every key that is asked for exists, and no key is left over. */
class TextsTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final String BUNDLE = "texts.properties";
    private static final Pattern KEY = Pattern.compile("\\btexts\\s*\\.get\\(\\s*\"([^\"]+)\"");
    private static final Pattern PREFIX = Pattern.compile("\\btexts\\s*\\.of\\(\\s*\"([^\"]+)\"");
    private static final Pattern ANY_TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern LITERAL = Pattern.compile(
            "(?:new (?:Label|Button|Hyperlink|Text|Tooltip|CheckBox|ToggleButton|MenuItem|Chip|IconButton|Action|Toast)"
                    + "|setText|setPromptText|setAccessibleText|setAccessibleHelp|setTitle)"
                    + "\\((?:[^;\"()]*,\\s*)?\"([^\"]*[A-Za-z]{2}[^\"]*)\"");

    @Test
    void everyKeyThatIsAskedForExists() {
        for (Path folder : packages()) {
            Set<String> keys = keys(folder);
            for (Path source : sources(folder)) {
                String code = read(source);
                for (String asked : found(KEY, code)) {
                    assertThat(keys).as("keys that %s asks for", source).anyMatch(key -> answers(key, asked));
                }
                for (String prefix : found(PREFIX, code)) {
                    assertThat(keys).as("keys that %s asks for", source).anyMatch(key -> key.startsWith(prefix + "."));
                }
            }
        }
    }

    @Test
    void everyKeyIsAskedFor() {
        for (Path folder : packages()) {
            Set<String> literals = new TreeSet<>();
            Set<String> prefixes = new TreeSet<>();
            for (Path source : sources(folder)) {
                String code = read(source);
                literals.addAll(found(ANY_TEXT, code));
                prefixes.addAll(found(PREFIX, code));
            }
            assertThat(keys(folder))
                    .as("keys of %s", folder)
                    .allMatch(key -> literals.stream().anyMatch(literal -> answers(key, literal))
                            || (literals.contains(stem(key))
                                    && literals.contains(key.substring(stem(key).length())))
                            || prefixes.stream().anyMatch(prefix -> key.startsWith(prefix + ".")));
        }
    }

    @Test
    void everyValueIsAPattern() {
        for (Path folder : packages()) {
            PropertyResourceBundle bundle = bundle(folder);
            for (String key : bundle.keySet()) {
                String pattern = bundle.getString(key);
                assertThat(pattern).as("%s %s", folder, key).isNotBlank().doesNotContain("'");
                assertThat(new MessageFormat(pattern, Locale.UK).format(new Object[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}))
                        .as("%s %s", folder, key)
                        .doesNotContain("{");
            }
        }
    }

    @Test
    void noViewHasTextOfItsOwn() {
        try (Stream<Path> all = Files.walk(SOURCES)) {
            all.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> assertThat(found(LITERAL, withoutKeys(read(file))))
                            .as("texts written into %s", file)
                            .allMatch(literal -> isKey(file, literal)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> found(Pattern pattern, String code) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(code);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    /** Literals that end with a point are the first part of keys that code completes. */
    private static boolean answers(String key, String literal) {
        return key.equals(literal) || (literal.endsWith(".") && key.startsWith(literal));
    }

    private static String stem(String key) {
        int point = key.lastIndexOf('.');
        return point < 0 ? key : key.substring(0, point);
    }

    private static boolean isKey(Path source, String literal) {
        Path folder = source.getParent();
        return folder != null
                && Files.exists(bundleFile(folder))
                && keys(folder).contains(literal);
    }

    private static String withoutKeys(String code) {
        return PREFIX.matcher(KEY.matcher(code).replaceAll("key(")).replaceAll("key(");
    }

    /** Folders of sources that speak. */
    private static List<Path> packages() {
        try (Stream<Path> all = Files.walk(SOURCES)) {
            return all.filter(file -> file.getFileName().toString().endsWith(".java"))
                    .filter(file -> read(file).contains("Texts.of("))
                    .map(Path::getParent)
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> keys(Path folder) {
        return bundle(folder).keySet();
    }

    private static Path bundleFile(Path folder) {
        return RESOURCES.resolve(SOURCES.relativize(folder)).resolve(BUNDLE);
    }

    private static PropertyResourceBundle bundle(Path folder) {
        try (var reader = Files.newBufferedReader(bundleFile(folder))) {
            return new PropertyResourceBundle(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
