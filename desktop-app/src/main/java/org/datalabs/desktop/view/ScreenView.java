package org.datalabs.desktop.view;

import javafx.util.Subscription;

/** The life of a screen: bound while it is shown, and only then. */
public abstract class ScreenView implements Screen {
    private Subscription bound = Subscription.EMPTY;

    /** Binds the nodes to what {@code place} shows; the result undoes all of it. */
    protected abstract Subscription attach(Place place);

    @Override
    public final void show(Place place) {
        hide();
        bound = attach(place);
    }

    @Override
    public final void hide() {
        bound.unsubscribe();
        bound = Subscription.EMPTY;
    }
}
