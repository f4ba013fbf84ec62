package io.usance.ingestion;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.usance.ingestion", importOptions = ImportOption.DoNotIncludeTests.class)
class IngestionArchitectureTest {
    @ArchTest
    static final ArchRule models_are_pure = noClasses()
            .that()
            .resideInAPackage("..model..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "..model..", "io.usance.kernel..");

    @ArchTest
    static final ArchRule models_know_no_floating_point = noClasses()
            .that()
            .resideInAPackage("..model..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Double.class, Float.class, double.class, float.class);

    @ArchTest
    static final ArchRule the_clock_is_injected = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule emitters_are_the_runtimes = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.smallrye.reactive.messaging.MutinyEmitter");

    @ArchTest
    static final ArchRule only_one_class_produces_records = noClasses()
            .that()
            .doNotHaveSimpleName("EventLog")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.apache.kafka.clients.producer.KafkaProducer");

    @ArchTest
    static final ArchRule resources_translate = noClasses()
            .that()
            .haveSimpleNameEndingWith("Resource")
            .should()
            .dependOnClassesThat(simpleNameEndingWith("Repository")
                    .or(resideInAPackage("io.vertx.mutiny.sqlclient.."))
                    .or(resideInAPackage("io.quarkus.hibernate..")));

    @ArchTest
    static final ArchRule features_do_not_use_each_others_repositories =
            classes().that(simpleNameEndingWith("Repository")).should().bePackagePrivate();

    @ArchTest
    static final ArchRule features_have_no_cycles =
            slices().matching("io.usance.ingestion.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule no_service_knows_another = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.usance..")
                    .and(not(resideInAPackage("io.usance.ingestion..")))
                    .and(not(resideInAPackage("io.usance.kernel..")))
                    .and(not(resideInAPackage("io.usance.contracts..")))
                    .and(not(resideInAPackage("io.usance.runtime.."))));
}
