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
import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.yaml.Word;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A condition in CEL over {@code row}, a map of text to text. CEL is set up when the first one is met. */
final class CelCondition implements Condition {
    /** Loaded, and paid for, on first use. */
    private static final class Cel {
        private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.HAS)
                .addVar("row", MapType.create(SimpleType.STRING, SimpleType.STRING))
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
    private final CelRuntime.Program program;

    private CelCondition(String written, Map<String, Integer> slots, CelRuntime.Program program) {
        this.written = written;
        this.slots = slots;
        this.program = program;
    }

    /** The condition, or null after its problems were reported. */
    static CelCondition of(Word word, Columns columns) {
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
            CelNavigableAst.fromAst(tree).getRoot().allNodes().forEach(node -> column(node.expr())
                    .ifPresent(name -> slots.put(name, columns.slot(name))));
            return new CelCondition(word.text(), slots, Cel.RUNTIME.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException problem) {
            word.problem("condition cannot be used: " + problem.getMessage() + ".");
            return null;
        }
    }

    @Override
    public boolean holds(Row row) {
        try {
            return (Boolean) program.eval(Map.of("row", new RowMap(row, slots)));
        } catch (CelEvaluationException problem) {
            boolean ours = problem.getCause() instanceof IllegalArgumentException;
            String why = ours ? problem.getCause().getMessage() : problem.getMessage();
            throw new Incomputable("condition " + written + " cannot be computed: " + why, problem);
        }
    }

    @Override
    public int[] columns() {
        return slots.values().stream().mapToInt(Integer::intValue).toArray();
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
        int offset = Math.max(0, issue.getSourceLocation().getColumn());
        String message = issue.getMessage().lines().findFirst().orElse("").strip();
        word.problemAt(offset, "condition: " + message + ". Columns are row.Name or row[\"Name with blanks\"].");
    }

    /** The column that {@code row.Name} or {@code row["Name"]} means. */
    private static Optional<String> column(CelExpr expression) {
        if (expression.getKind() == CelExpr.ExprKind.Kind.SELECT
                && isRow(expression.select().operand())) {
            return Optional.of(expression.select().field());
        }
        if (expression.getKind() == CelExpr.ExprKind.Kind.CALL
                && expression.call().function().equals("_[_]")
                && isRow(expression.call().args().get(0))) {
            CelExpr index = expression.call().args().get(1);
            boolean text = index.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                    && index.constant().getKind() == CelConstant.Kind.STRING_VALUE;
            return text ? Optional.of(index.constant().stringValue()) : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isRow(CelExpr expression) {
        return expression.getKind() == CelExpr.ExprKind.Kind.IDENT
                && expression.ident().name().equals("row");
    }

    /** The columns that the condition names, looked up as they are asked for. */
    private static final class RowMap extends AbstractMap<String, String> {
        private final Row row;
        private final Map<String, Integer> slots;

        RowMap(Row row, Map<String, Integer> slots) {
            this.row = row;
            this.slots = slots;
        }

        @Override
        public boolean containsKey(Object name) {
            return slots.containsKey(name);
        }

        @Override
        public String get(Object name) {
            Integer slot = slots.get(name);
            return slot == null ? null : row.value(slot);
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return slots.keySet().stream()
                    .map(name -> Map.entry(name, get(name)))
                    .collect(Collectors.toSet());
        }
    }
}
