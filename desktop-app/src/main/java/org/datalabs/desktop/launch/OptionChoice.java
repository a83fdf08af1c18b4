package org.datalabs.desktop.launch;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.datalabs.core.catalogue.ConfigurationOption;

/** The value chosen for a configuration option, in the text form of its type. JavaFX thread only. */
final class OptionChoice {
    private final ConfigurationOption option;
    private final StringProperty value;

    OptionChoice(ConfigurationOption option, String value) {
        this.option = option;
        this.value = new SimpleStringProperty(this, option.name(), value);
    }

    ConfigurationOption option() {
        return option;
    }

    StringProperty valueProperty() {
        return value;
    }

    /** Name of the value in a launch request. */
    String field() {
        return "options." + option.name();
    }
}
