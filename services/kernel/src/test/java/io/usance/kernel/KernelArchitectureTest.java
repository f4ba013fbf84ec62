package io.usance.kernel;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

@AnalyzeClasses(packages = "io.usance.kernel", importOptions = DoNotIncludeTests.class)
class KernelArchitectureTest {
    private static final Set<String> INEXACT = Set.of("double", "float", "java.lang.Double", "java.lang.Float");
    private static final DescribedPredicate<JavaClass> INEXACT_TYPE = describe(
            "double or float",
            type -> INEXACT.contains(type.getBaseComponentType().getName()));

    @ArchTest
    static final ArchRule the_kernel_needs_nothing_but_the_jdk =
            classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", "io.usance.kernel..");

    @ArchTest
    static final ArchRule no_field_is_inexact = noFields().should().haveRawType(INEXACT_TYPE);

    @ArchTest
    static final ArchRule no_parameter_or_result_is_inexact = noCodeUnits()
            .should()
            .haveRawReturnType(INEXACT_TYPE)
            .orShould()
            .haveRawParameterTypes(
                    describe("any inexact", types -> types.stream().anyMatch(INEXACT_TYPE)));

    @ArchTest
    static final ArchRule nobody_asks_what_time_it_is = noClasses()
            .should()
            .callMethodWhere(describe(
                    "the target is a now() or a system clock",
                    call -> call.getTargetOwner().getPackageName().startsWith("java.time")
                            && (call.getName().equals("now") || call.getName().startsWith("system"))));
}
