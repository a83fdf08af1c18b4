package org.datalabs.desktop.control;

/**
 * Something the user can do about what is shown.
 *
 * @param label names the action in sentence case, such as {@code Clear filters}
 * @param run does it
 */
public record Action(String label, Runnable run) {}
