package org.datalabs.desktop.launch;

import javafx.scene.Node;

/** A part of the wizard's view; told of every change of the choices. */
interface WizardPart {
    Node node();

    /** Shows the present choices. */
    void refresh();
}
