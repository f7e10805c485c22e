package io.stapscope;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

/** The walls between the packages: who may use whom. Anything absent is forbidden. */
@AnalyzeClasses(packages = "io.stapscope", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.stapscope.";

    @ArchTest
    static final ArchRule BPF = uses("bpf", "bpf");

    @ArchTest
    static final ArchRule STATISTICS = uses("statistics", "statistics");

    @ArchTest
    static final ArchRule DEBUGINFO = uses("debuginfo", "debuginfo");

    @ArchTest
    static final ArchRule HOST = uses("host", "host", "debuginfo");

    @ArchTest
    static final ArchRule SYSCALLS = uses("syscalls", "syscalls", "host");

    @ArchTest
    static final ArchRule COMPILER = uses("compiler", "compiler", "bpf", "host", "debuginfo.value", "syscalls");

    @ArchTest
    static final ArchRule SOURCE = uses("compiler.source", "compiler.source");

    @ArchTest
    static final ArchRule DIAGNOSTIC = uses("compiler.diagnostic", "compiler.source", "compiler.diagnostic");

    @ArchTest
    static final ArchRule SYNTAX = uses("compiler.syntax", "compiler.source", "compiler.diagnostic", "compiler.syntax");

    @ArchTest
    static final ArchRule IR = uses("compiler.ir", "compiler.source", "compiler.type", "compiler.ir");

    @ArchTest
    static final ArchRule CODEGEN = uses(
            "codegen",
            "codegen",
            "compiler.ir",
            "compiler.type",
            "compiler.source",
            "bpf",
            "host",
            "statistics",
            "syscalls");

    @ArchTest
    static final ArchRule INTERPRETER = uses(
            "interpreter",
            "interpreter",
            "host",
            "compiler.ir",
            "compiler.regex",
            "compiler.type",
            "compiler.source",
            "statistics",
            "syscalls");

    @ArchTest
    static final ArchRule KERNEL = uses("kernel", "kernel", "bpf", "debuginfo", "host");

    @ArchTest
    static final ArchRule TRACER = uses(
            "tracer",
            "tracer",
            "compiler.ir",
            "compiler.lowering",
            "compiler.type",
            "compiler.source",
            "codegen",
            "interpreter",
            "bpf",
            "host",
            "kernel",
            "statistics",
            "syscalls");

    @ArchTest
    static final ArchRule PIPELINE = uses("pipeline", "pipeline", "tracer", "compiler.ir", "statistics");

    @ArchTest
    static final ArchRule HISTORY = uses("history", "history", "statistics");

    @ArchTest
    static final ArchRule GALLERY = uses("gallery", "gallery");

    @ArchTest
    static final ArchRule POSTGRES = uses("postgres", "postgres");

    @ArchTest
    static final ArchRule JNA = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..")
            .because("kernel is the only native boundary");

    @ArchTest
    static final ArchRule PURE = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "compiler..", ROOT + "bpf..", ROOT + "statistics..", ROOT + "codegen..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.util.concurrent..", "io.quarkus..", "io.vertx..")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName(Thread.class.getName())
            .because("same text and same host give the same plan on any machine: no files, clocks or threads");

    @ArchTest
    static final ArchRule NAMES = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .because("a class is named for what it is");

    /** Classes of one package use only the listed packages of ours. */
    private static ArchRule uses(String room, String... allowed) {
        return classes()
                .that()
                .resideInAPackage(ROOT + room + "..")
                .should()
                .onlyDependOnClassesThat(describe(
                        "belong to " + String.join(", ", allowed) + " or are not ours",
                        type -> isAllowed(type, allowed)))
                .allowEmptyShould(true)
                .because("the table in docs/ARCHITECTURE.md says so");
    }

    private static boolean isAllowed(JavaClass type, String... allowed) {
        var name = type.getBaseComponentType().getPackageName() + ".";
        return !name.startsWith(ROOT) || Arrays.stream(allowed).anyMatch(room -> name.startsWith(ROOT + room + "."));
    }
}
