package dev.posbridge.vendor.value;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.posbridge.Nearest;
import dev.posbridge.RecordRejectedException;
import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.yaml.Word;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A condition in CEL over {@code row}, a map of text to text. CEL is set up when the first one is met. */
final class CelCondition implements Condition {
    /** Loaded, and paid for, on first use. */
    private static final class Cel {
        private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.HAS)
                .addVar("row", MapType.create(SimpleType.STRING, SimpleType.STRING))
                .addVar("value", MapType.create(SimpleType.STRING, SimpleType.STRING))
                .addFunctionDeclarations(CelMoney.declarations())
                .setResultType(SimpleType.BOOL)
                .build();
        private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
                .addFunctionBindings(CelMoney.bindings())
                .build();
    }

    private static final Set<String> ARITHMETIC = Set.of("_+_", "_-_", "_*_", "_/_", "-_");

    /** Without loops an evaluation costs no more than its text is long, and it is paid for each row. */
    private static final int LONGEST = 4_000;

    private final String written;
    private final Map<String, Integer> slots;
    private final Map<String, Source> values;
    private final CelRuntime.Program program;

    private CelCondition(
            String written, Map<String, Integer> slots, Map<String, Source> values, CelRuntime.Program program) {
        this.written = written;
        this.slots = slots;
        this.values = values;
        this.program = program;
    }

    /** The condition, or null after its problems were reported. */
    static CelCondition of(Word word, Columns columns, Map<String, Source> known) {
        if (word.text().length() > LONGEST) {
            word.problem("the condition has " + word.text().length() + " characters, expected at most " + LONGEST
                    + ". Divide it among several rules.");
            return null;
        }
        CelValidationResult result = Cel.COMPILER.compile(word.text());
        try {
            if (result.hasError()) {
                report(result.getErrors().get(0), word); // The others mostly follow from the first.
                return null;
            }
            CelAbstractSyntaxTree tree = result.getAst();
            if (addsDoubles(tree)) {
                word.problem(
                        "condition: it computes with doubles, which are not exact: 0.1 + 0.2 is not 0.3. Compute with"
                                + " decimals: row.Total.minus(row.Tip).compare('0') > 0.");
                return null;
            }
            Map<String, Integer> slots = new LinkedHashMap<>();
            names(tree, "row").forEach(name -> slots.put(name, columns.slot(name)));
            Map<String, Source> values = new LinkedHashMap<>();
            for (String name : names(tree, "value")) {
                if (!known.containsKey(name)) {
                    reportUnknown(name, known, word);
                    return null;
                }
                values.put(name, known.get(name));
            }
            return new CelCondition(word.text(), slots, values, Cel.RUNTIME.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException problem) {
            word.problem("condition cannot be used: " + problem.getMessage() + ".");
            return null;
        }
    }

    @Override
    public boolean holds(Row row, Facts facts) {
        try {
            return (Boolean) program.eval(Map.of(
                    "row",
                    new NamedTexts<>(slots, row::value),
                    "value",
                    new NamedTexts<>(values, source -> Conditions.value(source, row, facts))));
        } catch (CelEvaluationException problem) {
            throw failure(problem);
        }
    }

    /** A value that cannot be made has its own words. */
    private RuntimeException failure(CelEvaluationException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordRejectedException rejected) {
                return rejected;
            }
        }
        boolean ours = problem.getCause() instanceof IllegalArgumentException;
        String why = ours ? problem.getCause().getMessage() : problem.getMessage();
        return new Incomputable("condition " + written + " cannot be computed: " + why, problem);
    }

    @Override
    public int[] columns() {
        IntStream.Builder all = IntStream.builder();
        slots.values().forEach(all::add);
        values.values().forEach(source -> source.columns(all::add));
        return all.build().distinct().toArray();
    }

    private static boolean addsDoubles(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree).getRoot().allNodes().anyMatch(node -> {
            CelExpr expression = node.expr();
            return expression.getKind() == CelExpr.ExprKind.Kind.CALL
                    && ARITHMETIC.contains(expression.call().function())
                    && tree.getType(expression.id())
                            .filter(SimpleType.DOUBLE::equals)
                            .isPresent();
        });
    }

    private static void report(CelIssue issue, Word word) {
        Optional<OtherLanguage> slip = OtherLanguage.in(word.text());
        if (slip.isPresent()) {
            word.problemAt(slip.get().at(), "condition: " + slip.get().sentence());
            return;
        }
        int offset = Math.max(0, issue.getSourceLocation().getColumn());
        String message = issue.getMessage().lines().findFirst().orElse("").strip();
        word.problemAt(offset, "condition: " + message + ". Columns are row.Name or row[\"Name with blanks\"].");
    }

    private static void reportUnknown(String name, Map<String, Source> known, Word word) {
        String hint = known.isEmpty()
                ? " None is known here; write row." + name + " for a column."
                : Nearest.hint(name, known.keySet());
        word.problemAt(Math.max(0, word.text().indexOf(name)), "condition: unknown value \"" + name + "\"." + hint);
    }

    private static List<String> names(CelAbstractSyntaxTree tree, String map) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .flatMap(node -> name(node.expr(), map).stream())
                .distinct()
                .toList();
    }

    /** What {@code row.Name} or {@code row["Name"]} asks for. */
    private static Optional<String> name(CelExpr expression, String map) {
        if (expression.getKind() == CelExpr.ExprKind.Kind.SELECT
                && isNamed(expression.select().operand(), map)) {
            return Optional.of(expression.select().field());
        }
        if (expression.getKind() == CelExpr.ExprKind.Kind.CALL
                && expression.call().function().equals("_[_]")
                && isNamed(expression.call().args().get(0), map)) {
            CelExpr index = expression.call().args().get(1);
            boolean text = index.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                    && index.constant().getKind() == CelConstant.Kind.STRING_VALUE;
            return text ? Optional.of(index.constant().stringValue()) : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isNamed(CelExpr expression, String map) {
        return expression.getKind() == CelExpr.ExprKind.Kind.IDENT
                && expression.ident().name().equals(map);
    }

    /** The names that the condition asks for, with what they say, looked up as they are asked for. */
    private static final class NamedTexts<T> extends AbstractMap<String, String> {
        private final Map<String, T> named;
        private final Function<T, String> says;

        NamedTexts(Map<String, T> named, Function<T, String> says) {
            this.named = named;
            this.says = says;
        }

        @Override
        public boolean containsKey(Object name) {
            return named.containsKey(name);
        }

        @Override
        public String get(Object name) {
            T found = named.get(name);
            return found == null ? null : says.apply(found);
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return named.keySet().stream()
                    .map(name -> Map.entry(name, get(name)))
                    .collect(Collectors.toSet());
        }
    }
}
