package org.datalabs.core.catalogue;

/** The properties by which a catalogue is narrowed. */
public enum Facet {
    KIND,
    DOMAIN,
    MISSION,
    INSTRUMENT,
    THEME
}
