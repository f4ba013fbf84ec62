package io.usance.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.reactive.messaging.MutinyEmitter;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.usance.runtime", importOptions = ImportOption.DoNotIncludeTests.class)
class RuntimeArchitectureTest {
    @ArchTest
    static final ArchRule the_runtime_knows_no_noun_of_billing = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.usance.kernel..", "io.usance.contracts..", "io.usance.testkit..");

    @ArchTest
    static final ArchRule only_the_relay_and_the_dead_letters_publish = noClasses()
            .that()
            .resideOutsideOfPackages("..outbox..", "..delivery..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(MutinyEmitter.class);

    @ArchTest
    static final ArchRule only_the_clock_asks_the_system_for_the_time = noClasses()
            .that()
            .resideOutsideOfPackage("..clock..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC");
}
