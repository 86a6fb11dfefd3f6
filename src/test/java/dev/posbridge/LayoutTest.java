package dev.posbridge;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may know which: dependencies point one way, from what people call down to what a record is. */
@TestInstance(Lifecycle.PER_CLASS)
class LayoutTest {
    private static final String OURS = "dev.posbridge";

    /** What each may use beside itself, the exceptions of the root package, and libraries. */
    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("pos", List.of()),
            Map.entry("harness", List.of()),
            Map.entry("log", List.of()),
            Map.entry("broker", List.of()),
            Map.entry("sandbox", List.of()),
            Map.entry("gameball", List.of("pos")),
            Map.entry("settings", List.of("gameball")),
            Map.entry("ledger", List.of("pos", "harness")),
            Map.entry("vendor", List.of("pos", "settings")),
            Map.entry("delivery", List.of("ledger", "gameball", "settings", "pos", "harness")),
            Map.entry("intake", List.of("ledger", "vendor", "broker", "gameball", "settings", "pos", "harness")),
            Map.entry(
                    "checkout",
                    List.of("delivery", "intake", "ledger", "vendor", "broker", "gameball", "settings", "pos")),
            Map.entry("watch", List.of("ledger", "gameball", "settings", "pos")),
            Map.entry(
                    "engine",
                    List.of(
                            "watch",
                            "checkout",
                            "delivery",
                            "intake",
                            "ledger",
                            "vendor",
                            "broker",
                            "gameball",
                            "settings",
                            "pos",
                            "harness")),
            Map.entry("operations", List.of("engine", "intake", "ledger", "vendor", "gameball", "settings", "pos")),
            Map.entry(
                    "console",
                    List.of(
                            "operations",
                            "reconcile",
                            "engine",
                            "intake",
                            "ledger",
                            "vendor",
                            "broker",
                            "gameball",
                            "settings",
                            "pos")),
            Map.entry("reconcile", List.of("engine", "intake", "ledger", "gameball", "settings", "pos")),
            Map.entry(
                    "cli",
                    List.of(
                            "console",
                            "operations",
                            "reconcile",
                            "engine",
                            "watch",
                            "intake",
                            "ledger",
                            "vendor",
                            "broker",
                            "gameball",
                            "settings",
                            "pos",
                            "harness",
                            "sandbox"))));

    /** Of one test class alone: they are a hundred megabytes. */
    private final JavaClasses ours = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(OURS);

    static Stream<String> packages() {
        return MAY_USE.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void usesOnlyWhatLiesBelow(String name) {
        classes()
                .that()
                .resideInAPackage(OURS + '.' + name + "..")
                .should()
                .onlyDependOnClassesThat(describe("lie below " + name, used -> mayUse(name, used)))
                .check(ours);
    }

    private static boolean mayUse(String name, JavaClass used) {
        String found = topPackage(used);
        // The program's entry knows the command line; nobody knows the entry.
        return found == null
                || found.isEmpty() && !used.getSimpleName().equals("Posbridge")
                || found.equals(name)
                || MAY_USE.get(name).contains(found);
    }

    /** Such as {@code ledger}; "" for the root package, null for what is not ours. */
    private static String topPackage(JavaClass one) {
        String name = one.getBaseComponentType().getPackageName();
        if (name.equals(OURS)) {
            return "";
        }
        return name.startsWith(OURS + '.') ? name.substring(OURS.length() + 1).split("\\.")[0] : null;
    }

    @Test
    void hasNoPackageThatThisTestDoesNotKnow() {
        Set<String> found = ours.stream()
                .map(LayoutTest::topPackage)
                .filter(name -> name != null && !name.isEmpty())
                .collect(Collectors.toSet());

        assertThat(found).isEqualTo(MAY_USE.keySet());
    }

    @Test
    void hasNoCyclesOfPackages() {
        slices().matching(OURS + ".(**)").should().beFreeOfCycles().check(ours);
    }

    /** They say what went wrong with a record, so they know what a record is, and nothing else. */
    @Test
    void keepsTheExceptionsOfAllToThemselves() {
        noClasses()
                .that()
                .resideInAPackage(OURS)
                .and()
                .doNotHaveSimpleName("Posbridge")
                .should()
                .dependOnClassesThat(describe("are of another package than pos", used -> {
                    String found = topPackage(used);
                    return found != null && !found.isEmpty() && !found.equals("pos");
                }))
                .check(ours);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "picocli.. | cli",
                "me.tongfei.. | cli",
                "org.apache.activemq.artemis.. | broker",
                "org.flywaydb.. | ledger",
                "com.zaxxer.. | ledger",
                "org.sqlite.. | ledger",
                "org.postgresql.. | ledger",
                "dev.cel.. | vendor",
                "de.siegmar.. | vendor cli operations",
                "com.google.i18n.. | vendor",
                "org.bouncycastle.. | vendor",
                "com.jcraft.. | intake",
                "org.apache.camel.. | broker checkout delivery engine intake"
            })
    void keepsALibraryWhereItBelongs(String library, String owners) {
        List<String> allowed = List.of(owners.split(" "));

        noClasses()
                .that(describe("are not of " + owners, one -> !allowed.contains(topPackage(one))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(ours);
    }
}
