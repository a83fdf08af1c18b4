package org.datalabs.desktop.session;

import java.time.Duration;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import org.datalabs.desktop.session.vnc.ScaleMode;
import org.datalabs.desktop.session.vnc.SpecialKeys;
import org.jspecify.annotations.Nullable;

/** The inside of a desktop datalab. */
interface DesktopEngine extends SessionEngine {
    /** Time to the datazone and back, or null while it is not known. */
    ReadOnlyObjectProperty<@Nullable Duration> roundTripProperty();

    ObjectProperty<ScaleMode> scaleModeProperty();

    BooleanProperty grabKeysProperty();

    void sendKeys(SpecialKeys keys);

    /** What was copied last in the datalab; empty before. */
    ReadOnlyStringProperty remoteTextProperty();

    BooleanProperty shareClipboardProperty();

    void copyToThisComputer();

    void pasteIntoDesktop();
}
