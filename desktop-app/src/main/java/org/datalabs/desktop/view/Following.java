package org.datalabs.desktop.view;

import java.util.function.Function;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Follows what belongs to whatever is current, such as the sessions of the current datazone. */
public final class Following {
    private Following() {}

    /**
     * Runs {@code onChange} now, whenever the list changes, and whenever another list takes its place.
     *
     * @param list picks the list of the current owner
     */
    public static <S, T> Subscription list(
            ObservableValue<S> current, Function<S, ObservableList<T>> list, Runnable onChange) {
        InvalidationListener listener = change -> onChange.run();
        Holder holder = new Holder();
        Subscription owner = current.subscribe(now -> {
            holder.held.unsubscribe();
            ObservableList<T> followed = list.apply(now);
            followed.addListener(listener);
            holder.held = () -> followed.removeListener(listener);
            onChange.run();
        });
        return owner.and(() -> holder.held.unsubscribe());
    }

    /** As {@link #list} for a value; runs when another owner takes its place even if the values are equal. */
    public static <S, T extends @Nullable Object> Subscription value(
            ObservableValue<S> current, Function<S, ? extends ObservableValue<T>> value, Runnable onChange) {
        Holder holder = new Holder();
        Subscription owner = current.subscribe(now -> {
            holder.held.unsubscribe();
            holder.held = value.apply(now).subscribe((before, after) -> onChange.run());
            onChange.run();
        });
        return owner.and(() -> holder.held.unsubscribe());
    }

    private static final class Holder {
        private Subscription held = Subscription.EMPTY;
    }
}
