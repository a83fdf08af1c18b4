package org.datalabs.backend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** What the backend may never do. */
@AnalyzeClasses(packages = "org.datalabs.backend", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.datalabs.backend.";

    private static final Set<String> FEATURES = Set.of(
            "catalogue", "session", "launch", "volume", "workspace", "identity", "pipeline", "archive", "publishing");

    @ArchTest
    static final ArchRule knowsNoDesktop = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.datalabs.desktop..", "javafx..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheKubernetesRuntimeNamesItsClient = noClasses()
            .that()
            .resideOutsideOfPackage("org.datalabs.backend.runtime.kubernetes..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheStoreNamesJdbi = noClasses()
            .that()
            .resideOutsideOfPackage("org.datalabs.backend.store..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jdbi..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule featuresMeetThroughPublishedPorts = classes()
            .that(belongToAFeature())
            .should(meetOtherFeaturesAtTheirPorts())
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesFormNoCycles = slices().matching("org.datalabs.backend.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes().should(liveInANullMarkedPackage()).allowEmptyShould(true);

    private static String feature(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(ROOT)) {
            return "";
        }
        String first = name.substring(ROOT.length()).split("\\.", 2)[0];
        return FEATURES.contains(first) ? first : "";
    }

    private static DescribedPredicate<JavaClass> belongToAFeature() {
        return DescribedPredicate.describe(
                "belong to a feature", type -> !feature(type).isEmpty());
    }

    /** A port is a public interface; the records and enums that it speaks in are published with it. */
    private static boolean isPublished(JavaClass type) {
        boolean value = type.isRecord() || type.isEnum() || type.isAssignableTo(Throwable.class);
        return type.getModifiers().contains(JavaModifier.PUBLIC) && (type.isInterface() || value);
    }

    private static ArchCondition<JavaClass> meetOtherFeaturesAtTheirPorts() {
        return new ArchCondition<>("meet other features only at the ports these publish") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    String other = feature(target);
                    if (!other.isEmpty() && !other.equals(feature(type)) && !isPublished(target)) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package annotated with @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type, marked, type.getPackageName() + " has no @NullMarked package-info.java"));
            }
        };
    }
}
