/**
 * Controls that several screens use, and the hosts of what lies over a screen: dialogs and toasts. A control shows what
 * it is told and owns nothing else; colours and sizes come from the theme's style classes. JavaFX thread only.
 *
 * <p>Over a screen: {@link org.datalabs.desktop.control.ModalHost} and {@link org.datalabs.desktop.control.ToastHost}
 * are handed to whoever needs them; {@link org.datalabs.desktop.control.OverlayPane} is the one that the window has.
 */
@NullMarked
package org.datalabs.desktop.control;

import org.jspecify.annotations.NullMarked;
