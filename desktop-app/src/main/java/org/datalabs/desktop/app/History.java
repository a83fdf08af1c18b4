package org.datalabs.desktop.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.datalabs.desktop.view.Navigator;
import org.datalabs.desktop.view.Place;

/** Where the user has been, at most a hundred places back. */
final class History implements Navigator {
    private static final int LONGEST = 100;

    private final Predicate<Place> known;
    private final Deque<Place> before = new ArrayDeque<>();
    private final Deque<Place> after = new ArrayDeque<>();
    private final ReadOnlyObjectWrapper<Place> place;
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canGoForward = new ReadOnlyBooleanWrapper();

    /** @param known whether there is a screen for a place */
    History(Place start, Predicate<Place> known) {
        this.place = new ReadOnlyObjectWrapper<>(start);
        this.known = known;
    }

    @Override
    public ReadOnlyObjectProperty<Place> placeProperty() {
        return place.getReadOnlyProperty();
    }

    @Override
    public void open(Place next) {
        if (next.equals(place.get()) || !known.test(next)) {
            return;
        }
        before.push(place.get());
        if (before.size() > LONGEST) {
            before.removeLast();
        }
        after.clear();
        move(next);
    }

    @Override
    public void back() {
        if (!before.isEmpty()) {
            after.push(place.get());
            move(before.pop());
        }
    }

    @Override
    public void forward() {
        if (!after.isEmpty()) {
            before.push(place.get());
            move(after.pop());
        }
    }

    @Override
    public ReadOnlyBooleanProperty canGoBackProperty() {
        return canGoBack.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyBooleanProperty canGoForwardProperty() {
        return canGoForward.getReadOnlyProperty();
    }

    private void move(Place next) {
        canGoBack.set(!before.isEmpty());
        canGoForward.set(!after.isEmpty());
        place.set(next);
    }
}
