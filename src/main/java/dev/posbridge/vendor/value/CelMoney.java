package dev.posbridge.vendor.value;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;

/** Exact arithmetic for conditions, on decimals as text: {@code row.Total.minus(row.Tip).compare('0') > 0}. */
final class CelMoney {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,18}(?:\\.\\d{1,9})?");

    private CelMoney() {}

    static List<CelFunctionDecl> declarations() {
        return List.of(
                declaration("plus", SimpleType.STRING),
                declaration("minus", SimpleType.STRING),
                declaration("times", SimpleType.STRING),
                declaration("compare", SimpleType.INT));
    }

    static List<CelFunctionBinding> bindings() {
        return List.of(
                arithmetic("plus", BigDecimal::add),
                arithmetic("minus", BigDecimal::subtract),
                arithmetic("times", BigDecimal::multiply),
                CelFunctionBinding.from("compare_decimal", String.class, String.class, (left, right) ->
                        (long) decimal(left).compareTo(decimal(right))));
    }

    private static CelFunctionDecl declaration(String name, CelType result) {
        return CelFunctionDecl.newFunctionDeclaration(
                name,
                CelOverloadDecl.newMemberOverload(name + "_decimal", result, SimpleType.STRING, SimpleType.STRING));
    }

    private static CelFunctionBinding arithmetic(String name, BinaryOperator<BigDecimal> operator) {
        return CelFunctionBinding.from(name + "_decimal", String.class, String.class, (left, right) -> operator.apply(
                        decimal(left), decimal(right))
                .toPlainString());
    }

    private static BigDecimal decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a decimal such as -12.50");
        }
        return new BigDecimal(text);
    }
}
