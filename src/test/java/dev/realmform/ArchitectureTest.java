package dev.realmform;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Which package may know which other one. The rules say it; no reviewer has to remember it. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    static final String ROOT = "dev.realmform";

    /** Package to the packages of ours that it may use. A package that is not named here is refused. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(Map.entry("model", Set.of()),
            Map.entry("provider", Set.of("model")),
            Map.entry("plan", Set.of("model", "provider")),
            Map.entry("apply", Set.of("model", "provider")),
            Map.entry("state", Set.of("model")),
            Map.entry("json", Set.of("model")),
            Map.entry("config", Set.of("model", "provider", "json")),
            Map.entry("render", Set.of("model", "apply", "json")),
            Map.entry("keycloak", Set.of("model", "provider", "json")),
            Map.entry("kubernetes", Set.of("model", "provider", "json", "state")),
            Map.entry("postgres", Set.of("model", "provider")),
            Map.entry("osmo", Set.of("model", "json", "config")),
            Map.entry("access", Set.of("model", "keycloak")),
            Map.entry("cli", Set.of("model", "provider", "plan", "apply", "state", "json", "config", "render",
                    "keycloak", "kubernetes", "postgres", "osmo", "access")));

    /** Knows no product: no Keycloak, Kubernetes, picocli or Jackson type in it. */
    private static final List<String> ENGINE = List.of("model", "provider", "plan", "apply", "state");

    @ArchTest
    void eachPackageUsesOnlyWhatItMay(JavaClasses classes) {
        MAY_USE.forEach((name, others) -> {
            String[] allowed = Stream.concat(Stream.of(name), others.stream())
                    .map(ArchitectureTest::tree)
                    .toArray(String[]::new);
            noClasses().that()
                    .resideInAPackage(tree(name))
                    .should()
                    .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))))
                    .allowEmptyShould(true)
                    .check(classes);
        });
    }

    @ArchTest
    void eachPackageIsInTheTable(JavaClasses classes) {
        Set<String> packages = classes.stream()
                .map(c -> c.getPackageName().substring(ROOT.length()))
                .map(rest -> rest.isEmpty() ? "(root)" : rest.substring(1).split("\\.", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(MAY_USE.keySet()).containsAll(packages);
    }

    @ArchTest
    void theEngineKnowsNoProduct(JavaClasses classes) {
        engineOnlyUses(classes, "java..", "javax.crypto..", "org.jspecify.annotations..", ROOT + "..");
    }

    @ArchTest
    void theJsonCodecKnowsNothingButJackson(JavaClasses classes) {
        onlyUses(classes, "json", "java..", "org.jspecify.annotations..", "com.fasterxml.jackson..", ROOT + "..");
    }

    @ArchTest
    static final ArchRule onlyTheClusterSideKnowsItsClient = noClasses().that()
            .resideOutsideOfPackages(tree("kubernetes"), tree("cli"))
            .should()
            .dependOnClassesThat(resideInAPackage("io.fabric8.."));

    @ArchTest
    static final ArchRule onlyTheDatabasesKnowTheirDriver = noClasses().that()
            .resideOutsideOfPackage(tree("postgres"))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.postgresql..", "java.sql.."));

    @ArchTest
    static final ArchRule noCycles = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheCommandLinePrints = noClasses().that()
            .resideOutsideOfPackage(tree("cli"))
            .should(ACCESS_STANDARD_STREAMS)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheCommandLineExits = noClasses().that()
            .resideOutsideOfPackage(tree("cli"))
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theEngineIsGivenClockRandomAndEnvironment = noClasses()
            .that()
            .resideInAnyPackage(ENGINE.stream().map(ArchitectureTest::tree).toArray(String[]::new))
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat(belongToAnyOf(Random.class))
            .allowEmptyShould(true);

    @ArchTest
    void everyPackageIsNullMarked(JavaClasses classes) {
        assertThat(classes).filteredOn(c -> c.getPackageName().startsWith(ROOT))
                .allMatch(c -> c.getPackage().isAnnotatedWith(NullMarked.class), "stands in a @NullMarked package");
    }

    @ArchTest
    static final ArchRule namesSayWhatAClassIs = classes().should()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl");

    private static void engineOnlyUses(JavaClasses classes, String... packages) {
        ENGINE.forEach(name -> onlyUses(classes, name, packages));
    }

    private static void onlyUses(JavaClasses classes, String name, String... packages) {
        noClasses().that()
                .resideInAPackage(tree(name))
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(packages)).and(not(primitiveOrArray())))
                .allowEmptyShould(true)
                .check(classes);
    }

    private static DescribedPredicate<JavaClass> primitiveOrArray() {
        return DescribedPredicate.describe("primitive or array",
                c -> c.isPrimitive() || c.isArray());
    }

    private static String tree(String name) {
        return ROOT + "." + name + "..";
    }
}
