package org.datalabs.desktop.app;

import java.util.List;
import org.datalabs.desktop.view.Place;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.octicons.Octicons;

/**
 * A place in the sidebar.
 *
 * @param key of its name in the texts
 */
record Nav(Place place, String key, Ikon icon) {
    static final Nav SETTINGS = new Nav(new Place.Settings(), "nav.settings", Octicons.GEAR_16);

    /** The places above the running datalabs, in order. */
    static final List<Nav> PLACES = List.of(
            new Nav(new Place.Catalogue(), "nav.catalogue", Octicons.TELESCOPE_16),
            new Nav(new Place.Dashboard(), "nav.dashboard", Octicons.METER_16),
            new Nav(new Place.Volumes(), "nav.volumes", Feather.HARD_DRIVE));

    /** Whether it is the one to mark while {@code current} is shown. */
    boolean holds(Place current) {
        return place.equals(current) || (place instanceof Place.Catalogue && current instanceof Place.Details);
    }
}
