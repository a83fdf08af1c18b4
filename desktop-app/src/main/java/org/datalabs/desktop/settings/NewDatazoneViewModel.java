package org.datalabs.desktop.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.datazone.Datazones;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.problem.Problems;
import org.jspecify.annotations.Nullable;

/** A datazone that the user is about to add. */
final class NewDatazoneViewModel {
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST = 4096;

    private final Texts texts = Texts.of(NewDatazoneViewModel.class);
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty address = new SimpleStringProperty("");
    private final StringProperty token = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final BooleanProperty done = new SimpleBooleanProperty();
    private final Datazones datazones;

    NewDatazoneViewModel(Datazones datazones) {
        this.datazones = datazones;
        List.of(name, address, token).forEach(field -> field.subscribe(typed -> error.set("")));
    }

    /** Fills in what is known of a datazone that only wants a token. */
    void suggest(URI known) {
        String host = known.getHost();
        name.set(host == null ? "" : host);
        address.set(known.toString());
    }

    StringProperty nameProperty() {
        return name;
    }

    StringProperty addressProperty() {
        return address;
    }

    StringProperty tokenProperty() {
        return token;
    }

    /** What is wrong, sentences; empty when nothing is. */
    ReadOnlyStringProperty errorProperty() {
        return error.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Turns true when the datazone has been added. */
    BooleanProperty doneProperty() {
        return done;
    }

    /** Adds the datazone if it answers, and makes it the current one. */
    void add() {
        URI target = target();
        String title = name.get().strip();
        if (title.isEmpty() || title.length() > LONGEST_NAME) {
            error.set(texts.get("new.name.error", LONGEST_NAME));
        } else if (target == null) {
            error.set(texts.get("new.address.error"));
        } else {
            error.set("");
            busy.set(true);
            String secret = token.get().strip();
            CompletableFuture<?> unused = datazones
                    .add(title, target, secret.isEmpty() ? null : secret)
                    .whenComplete(this::settle);
        }
    }

    private void settle(@Nullable Datazone added, @Nullable Throwable thrown) {
        busy.set(false);
        if (added != null) {
            token.set("");
            datazones.select(added);
            done.set(true);
        } else if (thrown != null) {
            error.set(words(Problems.of(thrown)));
        }
    }

    /** What is refused at a field says itself which one it means. */
    private static String words(Problem problem) {
        return problem.fields().isEmpty()
                ? problem.text()
                : problem.fields().stream().map(FieldError::message).collect(Collectors.joining(" "));
    }

    private @Nullable URI target() {
        String typed = address.get().strip();
        try {
            URI target = new URI(typed.contains("://") ? typed : "https://" + typed);
            boolean web = "https".equals(target.getScheme()) || "http".equals(target.getScheme());
            boolean plain = target.getRawUserInfo() == null && target.getRawQuery() == null;
            return web && plain && target.getHost() != null && typed.length() < LONGEST ? target : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
