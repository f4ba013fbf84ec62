package io.usance.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.usance.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule nobody_reads_the_time_but_from_the_clock = noClasses()
            .that()
            .resideOutsideOfPackage("..clock..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule features_do_not_turn_in_circles = SlicesRuleDefinition.slices()
            .matching("io.usance.gateway.(*)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule routes_know_nobody = noClasses()
            .that()
            .resideInAPackage("..route..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..access..", "..forward..", "..page..", "..problem..");

    @ArchTest
    static final ArchRule the_gateway_has_no_database_and_no_topics = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.hibernate..", "org.apache.kafka..", "io.usance.runtime..", "io.usance.kernel..");
}
