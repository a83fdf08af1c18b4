package org.datalabs.desktop.session.vnc;

/**
 * One RFB key event.
 *
 * @param keysym of X11
 * @param scanCode of the XT set, 0 if the key depends on the layout and only the keysym counts
 */
record KeyStroke(boolean down, int keysym, int scanCode) {}
