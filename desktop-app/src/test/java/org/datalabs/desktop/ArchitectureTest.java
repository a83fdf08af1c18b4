package org.datalabs.desktop;

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

/** What the app may never do. */
@AnalyzeClasses(packages = "org.datalabs.desktop", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.datalabs.desktop.";

    private static final Set<String> SCREENS = Set.of(
            "catalogue",
            "launch",
            "dashboard",
            "session",
            "volumes",
            "workspaces",
            "pipelines",
            "archives",
            "publishing",
            "operations",
            "settings");

    @ArchTest
    static final ArchRule knowsNoBackend = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.datalabs.backend..", "io.fabric8..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlySessionsNameWebView = noClasses()
            .that()
            .resideOutsideOfPackage("org.datalabs.desktop.session..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javafx.scene.web..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule viewModelsNameNoSceneGraph = noClasses()
            .that()
            .haveNameMatching(".*ViewModel(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javafx.scene..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule viewsNameNoClient = noClasses()
            .that()
            .haveNameMatching(".*View(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.datalabs.core.client..", "java.net.http..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule screensMeetThroughPublishedPorts = classes()
            .that(belongToAScreen())
            .should(meetOtherScreensAtTheirPorts())
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesFormNoCycles = slices().matching("org.datalabs.desktop.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes().should(liveInANullMarkedPackage()).allowEmptyShould(true);

    private static String screen(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(ROOT)) {
            return "";
        }
        String first = name.substring(ROOT.length()).split("\\.", 2)[0];
        return SCREENS.contains(first) ? first : "";
    }

    private static DescribedPredicate<JavaClass> belongToAScreen() {
        return DescribedPredicate.describe(
                "belong to a screen", type -> !screen(type).isEmpty());
    }

    /** A port is a public interface; the records and enums that it speaks in are published with it. */
    private static boolean isPublished(JavaClass type) {
        boolean value = type.isRecord() || type.isEnum();
        return type.getModifiers().contains(JavaModifier.PUBLIC) && (type.isInterface() || value);
    }

    private static ArchCondition<JavaClass> meetOtherScreensAtTheirPorts() {
        return new ArchCondition<>("meet other screens only at the ports these publish") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    String other = screen(target);
                    if (!other.isEmpty() && !other.equals(screen(type)) && !isPublished(target)) {
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
