package dev.posbridge.vendor.draft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which column says what, judged by names (English, German, French, Spanish) and by values. Every choice is a candidate
 * with its reason, never knowledge.
 */
final class ColumnRoles {
    private static final Pattern RECEIPT =
            words("receipt|bon|beleg|order|invoice|ticket|check|transaction|trans|sale|factura|recu");
    private static final Pattern NUMBER = words("no|number|nr|num|id|ref|reference|nummer|numero|key|name|#");
    private static final Pattern REGISTER =
            words("till|register|terminal|kasse|caisse|caja|workstation|pos|lane|device");
    private static final Pattern STORE = words("store|shop|branch|site|location|filiale|magasin|tienda|outlet");
    private static final Pattern CUSTOMER =
            words("customer|client|card|member|loyalty|kunde|karte|cliente|shopper|guest");
    private static final Pattern PHONE = words("phone|mobile|tel|telephone|telefon|handy|movil|cell|msisdn");
    private static final Pattern EMAIL = words("email|mail|e-mail");
    private static final Pattern TOTAL = words(
            "total|paid|amount|sum|gross|betrag|summe|montant|importe|gesamt|net|payable|due|charged|value|turnover|umsatz|endbetrag|brutto|netto|totale|totaal");
    private static final Pattern NOT_TOTAL = words(
            "tax|vat|tip|discount|shipping|tender|change|line|unit|price|mwst|rabatt|tva|iva|sub|subtotal|refunded|date|item|points");
    private static final Pattern SKU = words(
            "sku|product|article|artikel|item|plu|ean|upc|barcode|gtin|stockcode|stock|material|articulo|articolo|goods|lineitem");
    private static final Pattern TITLE = words(
            "text|title|description|desc|name|label|bezeichnung|libelle|designation|descripcion|descrizione|omschrijving");
    private static final Pattern QUANTITY = words(
            "qty|quantity|quant|menge|quantite|cantidad|quantita|aantal|count|anzahl|pieces|piece|pcs|pc|units|stk|stueck|stuck|weight|gewicht|kg|kilos|litres|liters");
    private static final Pattern PRICE = words(
            "price|preis|prix|precio|prezzo|prijs|unitprice|unitamount|unitvalue|unitcost|einzelpreis|stueckpreis|perkg|each|rate");
    /** Of all pieces of a line together. */
    private static final Pattern LINE_AMOUNT = words(
            "extended|ext|extension|extprice|extamount|lineamount|linetotal|linevalue|linenet|linegross|lineprice|linesum|rowtotal|rowamount|itemtotal|itemamount|itemvalue|zeilenbetrag|positionsbetrag|zeilensumme");

    private static final Pattern DISCOUNT = words("disc|discount|rabatt|remise|descuento");
    private static final Pattern LINE = words("line|item|position|pos|zeile|ligne|linea");
    private static final Pattern KIND = words("type|kind|typ|art|operation|status|event|mode");
    private static final Pattern ORIGINAL = words("orig|original|origbon|refers|reversed|linked|parent");

    private final List<ColumnFacts> columns = new ArrayList<>();
    private final FileLook look;
    private final Set<String> used = new HashSet<>();
    private final List<ColumnFacts> key = new ArrayList<>();
    private final ColumnFacts total;
    private boolean severalRows;
    private boolean scattered;

    ColumnRoles(FileLook look) {
        this.look = look;
        for (int index = 0; index < look.columns().size(); index++) {
            int at = index;
            columns.add(ColumnFacts.of(
                    look.columns().get(index),
                    look.rows().stream().map(row -> row.get(at)).toList()));
        }
        findKey();
        total = findTotal();
    }

    private static Pattern words(String alternatives) {
        return Pattern.compile("(?:.*[^a-z])?(?:" + alternatives + ")(?:[^a-z].*)?");
    }

    /** Words of a name: "OrigBon", "orig_bon" and "Orig Bon" are the same two. */
    private static boolean named(Pattern pattern, ColumnFacts column) {
        String words = column.name().replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return pattern.matcher(words).matches()
                || pattern.matcher(words.replace(" ", "")).matches();
    }

    private void findKey() {
        ColumnFacts number = best(column -> named(RECEIPT, column)
                && !named(ORIGINAL, column)
                && !column.isDate()
                && !column.isMoney()
                && column.filled() > 0);
        if (number == null) {
            number = best(column ->
                    named(NUMBER, column) && !named(CUSTOMER, column) && !column.isDate() && column.filled() > 0);
        }
        if (number == null) {
            return;
        }
        columns.stream()
                .filter(column -> named(STORE, column) || named(REGISTER, column))
                .filter(column -> column.filled() == look.rows().size()
                        && column.distinct().size() < 200)
                .filter(column -> !column.isMoney() && !column.isDate())
                .limit(2)
                .forEach(key::add);
        key.remove(number);
        key.add(number);
        key.forEach(column -> used.add(column.name()));
        List<List<Integer>> groups = groups();
        severalRows = groups.stream().anyMatch(group -> group.size() > 1);
        scattered = groups.stream().anyMatch(group -> group.get(group.size() - 1) - group.get(0) >= group.size());
    }

    /** The one with the most different values: a receipt's number tells more than its series. */
    private ColumnFacts best(Predicate<ColumnFacts> wanted) {
        ColumnFacts best = null;
        for (ColumnFacts column : columns) {
            boolean free = !used.contains(column.name()) && wanted.test(column);
            if (free
                    && (best == null
                            || column.distinct().size() > best.distinct().size())) {
                best = column;
            }
        }
        return best;
    }

    /** The one with the fewest blanks that is not the time of another receipt. */
    private ColumnFacts fullest(Predicate<ColumnFacts> wanted) {
        ColumnFacts fullest = columns.stream()
                .filter(column -> !used.contains(column.name()) && !named(ORIGINAL, column) && wanted.test(column))
                .reduce((one, other) -> other.filled() > one.filled() ? other : one)
                .orElse(null);
        if (fullest != null) {
            used.add(fullest.name());
        }
        return fullest;
    }

    private ColumnFacts take(Predicate<ColumnFacts> wanted) {
        for (ColumnFacts column : columns) {
            if (!used.contains(column.name()) && column.filled() > 0 && wanted.test(column)) {
                used.add(column.name());
                return column;
            }
        }
        return null;
    }

    /** Row numbers of each receipt, in the file's order. */
    private List<List<Integer>> groups() {
        Map<List<String>, List<Integer>> groups = new HashMap<>();
        for (int row = 0; row < look.rows().size(); row++) {
            groups.computeIfAbsent(keyOf(look.rows().get(row)), any -> new ArrayList<>())
                    .add(row);
        }
        return List.copyOf(groups.values());
    }

    private List<String> keyOf(List<String> row) {
        return key.stream().map(column -> row.get(columns.indexOf(column))).toList();
    }

    private ColumnFacts findTotal() {
        return take(column -> isTotal(column) && sameWithinReceipts(column));
    }

    private static boolean isTotal(ColumnFacts column) {
        return isNamedTotal(column) && column.isNumber();
    }

    private static boolean isNamedTotal(ColumnFacts column) {
        return named(TOTAL, column) && !named(NOT_TOTAL, column) && !isLineAmount(column);
    }

    /** The one that is called so, though some of its cells are no amounts; null for none. */
    ColumnFacts totalByName() {
        return columns.stream()
                .filter(column -> isNamedTotal(column) && column.filled() > 0 && !column.isDate())
                .findFirst()
                .orElse(null);
    }

    private boolean sameWithinReceipts(ColumnFacts column) {
        int at = columns.indexOf(column);
        return groups().stream()
                .allMatch(group -> group.stream()
                                .map(row -> look.rows().get(row).get(at))
                                .filter(ColumnFacts::isNumber)
                                .distinct()
                                .count()
                        <= 1);
    }

    /** How many receipts of how many have nothing in the column. */
    Optional<String> blanks(ColumnFacts column) {
        int at = columns.indexOf(column);
        List<List<Integer>> groups = groups();
        long blank = groups.stream()
                .filter(group -> group.stream()
                        .allMatch(row -> look.rows().get(row).get(at).isBlank()))
                .count();
        return blank == 0 ? Optional.empty() : Optional.of(blank + " of " + groups.size());
    }

    /** In how many of these rows a column says something, and in how many of them less than nothing. */
    record Signs(long negative, long filled) {
        boolean areMostlyNegative() {
            return 2 * negative > filled;
        }
    }

    Signs signs(ColumnFacts column, Predicate<List<String>> among) {
        List<String> cells = look.rows().stream()
                .filter(among)
                .map(row -> cell(row, column))
                .filter(cell -> !cell.isBlank())
                .toList();
        return new Signs(cells.stream().filter(ColumnFacts::isNegative).count(), cells.size());
    }

    String cell(List<String> row, ColumnFacts column) {
        return row.get(columns.indexOf(column));
    }

    /** Whether there is a receipt all of whose rows are negative there, as when goods come back. */
    boolean isReceiptNegative(ColumnFacts column) {
        return groups().stream().anyMatch(group -> group.stream()
                .allMatch(row -> ColumnFacts.isNegative(cell(look.rows().get(row), column))));
    }

    List<ColumnFacts> key() {
        return key;
    }

    boolean severalRows() {
        return severalRows;
    }

    boolean scattered() {
        return scattered;
    }

    /** One amount a receipt; null where the file has none. */
    ColumnFacts total() {
        return total;
    }

    /** The columns of date and time: one with both, or one of each; fewer where there are none. */
    List<ColumnFacts> clock() {
        ColumnFacts both = fullest(column ->
                column.isDate() && DateGuess.hasDay(column.datePattern()) && DateGuess.hasTime(column.datePattern()));
        if (both != null) {
            return List.of(both);
        }
        List<ColumnFacts> clock = new ArrayList<>();
        ColumnFacts day = fullest(column -> column.isDate() && DateGuess.hasDay(column.datePattern()));
        ColumnFacts time = day == null
                ? null
                : take(column -> column.isDate()
                        && !DateGuess.hasDay(column.datePattern())
                        && DateGuess.hasTime(column.datePattern()));
        if (day != null) {
            clock.add(day);
        }
        if (time != null) {
            clock.add(time);
        }
        return clock;
    }

    /** Few different short words, such as S and R. */
    ColumnFacts kind() {
        return take(column -> named(KIND, column)
                && column.distinct().size() <= 12
                && !column.isMoney()
                && !column.isDate()
                && column.distinct().stream().allMatch(value -> value.length() <= 24));
    }

    ColumnFacts original() {
        return take(column -> named(ORIGINAL, column) && !column.isDate() && !column.isMoney());
    }

    ColumnFacts phone() {
        return take(column -> named(PHONE, column) && column.isPhone());
    }

    ColumnFacts email() {
        return take(column -> named(EMAIL, column) || column.isEmail());
    }

    ColumnFacts customer() {
        return take(column -> named(CUSTOMER, column) && (!column.isMoney() || column.isWhole()) && !column.isDate());
    }

    ColumnFacts quantity() {
        return take(column -> named(QUANTITY, column) && column.isNumber());
    }

    ColumnFacts price() {
        return take(column -> named(PRICE, column) && !isLineAmount(column) && column.isNumber());
    }

    /** What all pieces of a line come to. */
    ColumnFacts lineAmount() {
        return take(column -> isLineAmount(column) && !named(DISCOUNT, column) && column.isNumber());
    }

    private static boolean isLineAmount(ColumnFacts column) {
        return named(LINE_AMOUNT, column);
    }

    /** Of a whole line; not that of the receipt. */
    ColumnFacts discount() {
        return take(column -> named(DISCOUNT, column) && named(LINE, column) && column.isNumber());
    }

    ColumnFacts product() {
        return take(column -> named(SKU, column) && !column.isMoney() && !column.isDate());
    }

    /** What a person reads: by its name, or a column like Item beside the one that holds numbers of goods. */
    ColumnFacts title() {
        ColumnFacts named = take(column -> named(TITLE, column) && !column.isNumber() && !column.isDate());
        return named != null ? named : take(column -> named(SKU, column) && hasWords(column));
    }

    private static boolean hasWords(ColumnFacts column) {
        return column.distinct().stream().anyMatch(value -> value.indexOf(' ') > 0);
    }

    ColumnFacts store() {
        return columns.stream()
                .filter(column -> named(STORE, column))
                .findFirst()
                .orElse(null);
    }

    /** Columns for which no use was found. */
    List<String> unused() {
        return columns.stream()
                .map(ColumnFacts::name)
                .filter(name -> !used.contains(name))
                .toList();
    }

    /** How the numbers look: the decimal mark that the columns of money agree on; 0 where they don't. */
    char decimal() {
        Set<Character> marks = new HashSet<>();
        columns.stream().filter(ColumnFacts::isMoney).forEach(column -> marks.add(column.decimal()));
        return marks.size() == 1 ? marks.iterator().next() : 0;
    }

    boolean thousands() {
        return columns.stream().anyMatch(ColumnFacts::thousands);
    }
}
