package org.datalabs.desktop.theme;

/** The two sets of colours. */
public enum Scheme {
    LIGHT,
    DARK;

    public Scheme other() {
        return this == LIGHT ? DARK : LIGHT;
    }
}
