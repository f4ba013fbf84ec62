package io.usance.catalog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import org.eclipse.microprofile.reactive.messaging.Channel;

@AnalyzeClasses(packages = "io.usance.catalog", importOptions = ImportOption.DoNotIncludeTests.class)
class CatalogArchitectureTest {
    private static final DescribedPredicate<JavaClass> REPOSITORY =
            JavaClass.Predicates.assignableTo(PanacheRepositoryBase.class).as("a repository");

    private static final DescribedPredicate<JavaClass> PURE = JavaClass.Predicates.resideInAnyPackage(
                    "java..", "..catalog..model..", "io.usance.kernel..", "io.usance.contracts.catalog..")
            .or(JavaClass.Predicates.type(JsonNode.class))
            .as("plain Java, the kernel, the published records or the free-form value in one of them");

    @ArchTest
    static final ArchRule models_are_pure =
            classes().that().resideInAPackage("..model..").should().onlyDependOnClassesThat(PURE);

    @ArchTest
    static final ArchRule features_know_each_other_in_one_direction_only =
            slices().matching("io.usance.catalog.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule rows_and_repositories_stay_in_their_feature = classes()
            .that(REPOSITORY)
            .or()
            .areAnnotatedWith(Entity.class)
            .should()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule resources_go_through_use_cases_and_queries = noClasses()
            .that()
            .areAnnotatedWith(Path.class)
            .should()
            .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                    com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(REPOSITORY)));

    @ArchTest
    static final ArchRule nobody_asks_the_machine_for_the_time = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule only_the_outbox_talks_to_topics =
            noClasses().should().dependOnClassesThat().areAssignableTo(Channel.class);
}
