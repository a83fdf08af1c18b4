package org.datalabs.desktop.launch;

import java.util.Optional;

/** The steps of the wizard in their order. */
public enum WizardStep {
    VERSION,
    RESOURCES,
    VOLUMES,
    REVIEW;

    Optional<WizardStep> next() {
        return switch (this) {
            case VERSION -> Optional.of(RESOURCES);
            case RESOURCES -> Optional.of(VOLUMES);
            case VOLUMES -> Optional.of(REVIEW);
            case REVIEW -> Optional.empty();
        };
    }

    Optional<WizardStep> previous() {
        return switch (this) {
            case VERSION -> Optional.empty();
            case RESOURCES -> Optional.of(VERSION);
            case VOLUMES -> Optional.of(RESOURCES);
            case REVIEW -> Optional.of(VOLUMES);
        };
    }

    /** The step at which a refused value of a launch request is set. */
    static WizardStep of(String field) {
        if (field.startsWith("version")) {
            return VERSION;
        }
        if (field.startsWith("resources") || field.startsWith("preset") || field.startsWith("lifetime")) {
            return RESOURCES;
        }
        return field.startsWith("mounts") ? VOLUMES : REVIEW;
    }
}
