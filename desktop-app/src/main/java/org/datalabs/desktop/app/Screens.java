package org.datalabs.desktop.app;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.Screen;

/** The screens of the window, each made when it is first shown. */
final class Screens {
    private final Map<Class<? extends Place>, Supplier<Screen>> makers = new LinkedHashMap<>();
    private final Map<Class<? extends Place>, Screen> made = new HashMap<>();

    void add(Class<? extends Place> place, Supplier<Screen> maker) {
        makers.put(place, maker);
    }

    boolean has(Place place) {
        return makers.containsKey(place.getClass());
    }

    Optional<Screen> screen(Place place) {
        Class<? extends Place> kind = place.getClass();
        Supplier<Screen> maker = makers.get(kind);
        return maker == null ? Optional.empty() : Optional.of(made.computeIfAbsent(kind, any -> maker.get()));
    }
}
