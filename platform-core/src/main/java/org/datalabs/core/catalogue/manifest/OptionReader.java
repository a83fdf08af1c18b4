package org.datalabs.core.catalogue.manifest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.datalabs.core.catalogue.ConfigurationOption;
import org.datalabs.core.catalogue.OptionRules;
import org.datalabs.core.yaml.Fields;
import org.datalabs.core.yaml.Node;
import org.datalabs.core.yaml.Problems;
import org.datalabs.core.yaml.TextForm;
import org.jspecify.annotations.Nullable;

/** Reads the configuration options of a datalab. */
final class OptionReader {
    private static final int MOST_OPTIONS = 50;
    private static final int MOST_CHOICES = 100;
    private static final List<String> FIELDS =
            List.of("name", "label", "type", "default", "choices", "minimum", "maximum", "help", "environment");

    /** Variables that the platform itself sets; an option that changed them would break the session. */
    private static final Pattern RESERVED = Pattern.compile("PATH|HOME|USER|LOGNAME|SHELL|DISPLAY|TMPDIR|LD_.*");

    private static final TextForm ENVIRONMENT =
            Forms.VARIABLE.and(name -> RESERVED.matcher(name).matches()
                    ? Optional.of("The platform sets " + Fields.shown(name) + " itself.")
                    : Optional.empty());

    private final Problems problems;

    OptionReader(Problems problems) {
        this.problems = problems;
    }

    List<ConfigurationOption> options(Fields fields) {
        List<ConfigurationOption> earlier = new ArrayList<>();
        fields.items("options", MOST_OPTIONS, (node, path) -> earlier.add(option(node, path, earlier)));
        return earlier;
    }

    private ConfigurationOption option(Node node, String path, List<ConfigurationOption> earlier) {
        Fields own = Fields.of(node, path, problems, FIELDS);
        String name = own.text("name", Forms.OPTION_NAME);
        if (!name.isEmpty() && earlier.stream().anyMatch(other -> other.name().equals(name))) {
            own.problem("name", "The option " + name + " is given twice.", "Give each option a name of its own.");
        }
        String environment = own.textOrNull("environment", ENVIRONMENT);
        if (environment != null && earlier.stream().anyMatch(other -> environment.equals(other.environment()))) {
            own.problem(
                    "environment",
                    "Another option already sets " + Fields.shown(environment) + ".",
                    "Give each option a variable of its own.");
        }
        ConfigurationOption.Type type = own.word("type", Words.all(ConfigurationOption.Type.class), null);
        ConfigurationOption option = new ConfigurationOption(
                name,
                own.text("label", TextForm.line(80)),
                type,
                own.required("default", "Give the value that applies when the user gives none.")
                        .map(value -> value(own, value, "default"))
                        .orElse(""),
                choices(own, type),
                bound(own, "minimum", type),
                bound(own, "maximum", type),
                own.text("help", TextForm.line(300).orEmpty(), ""),
                environment);
        checkDefault(own, option);
        return option;
    }

    private void checkDefault(Fields own, ConfigurationOption option) {
        Double least = option.minimum();
        Double most = option.maximum();
        if (least != null && most != null && least > most) {
            own.problem("maximum", "The maximum is below the minimum.", "Swap them.");
        } else if (own.has("default")
                && (option.type() != ConfigurationOption.Type.CHOICE
                        || !option.choices().isEmpty())) {
            OptionRules.error(option, option.defaultValue())
                    .ifPresent(remedy -> own.problem(
                            "default",
                            Fields.shown(option.defaultValue()) + " is not accepted by this option.",
                            remedy));
        }
    }

    /** Any plain value as the text that a launch would carry. */
    private String value(Fields own, Node node, String name) {
        if (node instanceof Node.Scalar scalar && scalar.type() != Node.Type.NOTHING) {
            return scalar.type() == Node.Type.BOOLEAN ? scalar.text().toLowerCase(Locale.ROOT) : scalar.text();
        }
        own.problem(name, "Here is " + node.kind() + ", not a value.", "Give a text, a number, true or false.");
        return "";
    }

    private List<String> choices(Fields own, ConfigurationOption.Type type) {
        if (type != ConfigurationOption.Type.CHOICE) {
            if (own.has("choices")) {
                own.problem(
                        "choices", "Only options of type choice have choices.", "Leave it out, or set type: choice.");
            }
            return List.of();
        }
        String remedy = "Give the texts to choose from, such as [none, fast, best].";
        List<String> choices = new ArrayList<>();
        own.someItems("choices", MOST_CHOICES, remedy, (node, path) -> {
            String choice = own.text(node, path, TextForm.line(OptionRules.LONGEST_TEXT));
            if (choices.contains(choice) && !choice.isEmpty()) {
                problems.add(node.at(), path, Fields.shown(choice) + " is given twice.", "Keep one of the two.");
            }
            return choices.add(choice);
        });
        return choices;
    }

    private static @Nullable Double bound(Fields own, String name, ConfigurationOption.Type type) {
        if (own.has(name) && type != ConfigurationOption.Type.INTEGER && type != ConfigurationOption.Type.NUMBER) {
            own.problem(name, "Only numbers have a " + name + ".", "Leave it out, or set type: integer or number.");
        }
        return own.number(name, "Give a number.").map(BigDecimal::doubleValue).orElse(null);
    }
}
