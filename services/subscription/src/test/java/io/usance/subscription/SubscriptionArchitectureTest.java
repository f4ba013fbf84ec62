package io.usance.subscription;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.usance.subscription", importOptions = ImportOption.DoNotIncludeTests.class)
class SubscriptionArchitectureTest {
    private static final DescribedPredicate<JavaClass> TABLES = DescribedPredicate.describe(
            "rows and repositories",
            type -> type.getSimpleName().endsWith("Row") || type.getSimpleName().endsWith("Repository"));

    @ArchTest
    static final ArchRule models_are_pure = noClasses()
            .that()
            .resideInAPackage("..model..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "..model..", "io.usance.kernel..");

    @ArchTest
    static final ArchRule nobody_asks_the_system_for_the_time =
            noClasses().should().callMethod(Instant.class, "now").orShould().callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule no_floating_point =
            noClasses().should().dependOnClassesThat().belongToAnyOf(Double.class, Float.class);

    @ArchTest
    static final ArchRule only_the_runtime_publishes = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("io\\.smallrye\\.reactive\\.messaging\\.MutinyEmitter|.*\\.Emitter");

    @ArchTest
    static final ArchRule features_keep_their_tables_to_themselves = ArchRuleDefinition.classes()
            .should(new ArchCondition<>("use rows and repositories of their own package only") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    type.getDirectDependenciesFromSelf().stream()
                            .filter(dependency ->
                                    dependency.getTargetClass().getPackageName().startsWith("io.usance.subscription"))
                            .filter(dependency -> TABLES.test(dependency.getTargetClass()))
                            .filter(dependency -> !dependency
                                    .getTargetClass()
                                    .getPackageName()
                                    .equals(type.getPackageName()))
                            .forEach(dependency ->
                                    events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
                }
            });

    @ArchTest
    static final ArchRule features_do_not_go_round_in_circles =
            slices().matching("io.usance.subscription.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule resources_do_not_touch_tables =
            noClasses().that().haveSimpleNameEndingWith("Resource").should().dependOnClassesThat(TABLES);
}
