/**
 * The words of the app. Each package keeps its own in {@code texts.properties} beside it and reads them through
 * {@link org.datalabs.desktop.i18n.Texts}; {@link org.datalabs.desktop.i18n.Formats} writes amounts and times. Holds no
 * state; safe on any thread.
 *
 * <p>Values are {@link java.text.MessageFormat} patterns in UTF-8: British spelling, sentence case, and the typographic
 * apostrophe (’), since a plain one quotes.
 */
@NullMarked
package org.datalabs.desktop.i18n;

import org.jspecify.annotations.NullMarked;
