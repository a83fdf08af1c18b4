package org.datalabs.desktop.session.vnc;

/** How a desktop's picture meets the room that it has. */
public enum ScaleMode {
    /** Scaled to fit, its proportions kept. */
    FIT,
    /** One remote pixel for each pixel of the scene, with scroll bars. */
    ACTUAL,
    /** The remote screen takes the size of the room; fitted where the desktop refuses. */
    RESIZE_REMOTE
}
