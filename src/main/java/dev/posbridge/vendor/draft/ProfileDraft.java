package dev.posbridge.vendor.draft;

import dev.posbridge.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a first profile for a file, with what it was judged by as comments. What must be verified says so. */
public final class ProfileDraft {
    private static final int MOST_SHOWN = 40;
    private static final List<String> SALES =
            List.of("s", "sale", "sales", "verkauf", "vente", "venta", "paid", "payment");
    private static final List<String> REFUNDS = List.of(
            "r",
            "refund",
            "refunds",
            "return",
            "returns",
            "rueckgabe",
            "retoure",
            "gutschrift",
            "retour",
            "remboursement",
            "devolucion");

    /** Words for what is left out, by the reason it has in reports. */
    private static final Map<String, List<String>> LEFT_OUT = new TreeMap<>(Map.of(
            "no-sale", List.of("nosale", "no-sale", "no sale", "no_sale", "drawer", "signon", "signoff"),
            "training", List.of("training", "train", "schulung"),
            "voided", List.of("void", "voided", "cancelled", "canceled", "storno", "annulation")));

    private final StringBuilder text = new StringBuilder(4_096);
    private final FileLook look;
    /** The pattern of the file's name, null where it says nothing. */
    private final String name;

    private final ColumnRoles roles;
    private final ColumnFacts quantity;
    private final ColumnFacts price;
    /** Instead of the price, where the till writes what all pieces come to. */
    private final ColumnFacts amount;

    private final ColumnFacts discount;

    private ProfileDraft(FileLook look, String fileName) {
        this.look = look;
        this.name = FileNameDraft.of(fileName).orElse(null);
        this.roles = new ColumnRoles(look);
        this.quantity = roles.quantity();
        this.price = roles.price();
        this.amount = price == null ? roles.lineAmount() : null;
        this.discount = hasLines() ? roles.discount() : null;
    }

    /**
     * The text of a profile.
     *
     * @param currency its ISO code; no file is trusted to tell it
     * @param zone where the tills' clocks are
     * @param region whose national phone numbers they are, two letters
     * @throws ConfigurationException where the file is no text in rows, or nothing in it could be a receipt's number or time
     */
    public static String of(String vendor, Path file, String currency, String zone, String region) {
        FileLook look = FileLook.at(file);
        if (look == null) {
            return FixedDraft.of(vendor, file, currency, zone);
        }
        ProfileDraft draft = new ProfileDraft(look, file.getFileName().toString());
        draft.write(vendor, file, currency, zone, region);
        return draft.text.toString();
    }

    private void write(String vendor, Path file, String currency, String zone, String region) {
        List<ColumnFacts> clock = roles.clock();
        String missing = roles.key().isEmpty()
                ? "a receipt's number"
                : clock.isEmpty()
                        ? "the time of sale"
                        : roles.total() == null && !hasLines() && roles.totalByName() == null ? "what was paid" : null;
        if (missing != null) {
            throw new ConfigurationException(file + ": found no column that could be " + missing + " among "
                    + look.columns().stream().limit(20).collect(Collectors.joining(", "))
                    + ". Copy config/vendors/generic-csv.yaml and name the columns yourself, see docs/profiles.md.");
        }
        line("# yaml-language-server: $schema=profile.schema.json");
        line("# A first draft, made by looking at the first " + look.rows().size() + " rows of " + file.getFileName()
                + ". Every choice says why; what says VERIFY could not be known.");
        slips(clock);
        line("# Then: posbridge check --vendor " + vendor + " FILE");
        line("vendor: " + vendor);
        line("description: \"VERIFY: one sentence about this vendor's files.\"");
        line("");
        format();
        if (name != null) {
            line("file-name: '" + name + "'   # VERIFY: judged by one name");
            line("");
        }
        receipt();
        line("time-zone: " + zone + "   # VERIFY: where the tills' clocks are");
        line("currency: " + currency + "   # VERIFY");
        numbers();
        ColumnFacts store = roles.store();
        if (store != null) {
            line("branch: { id: \"{" + store.name() + "}\" }   # by its name");
        } else if (isStoreInName()) {
            line("branch: { id: \"{store}\" }   # as the file's name has it; VERIFY");
        }
        line("");
        records(clock, region);
        List<String> unused = roles.unused();
        if (!unused.isEmpty()) {
            line("");
            line("# Not used: " + String.join(", ", unused)
                    + ". Tips, service charges, gift cards sold and the like must not earn:");
            line("# where such a column exists, take it off the total (docs/profiles.md).");
        }
    }

    /** What few cells say otherwise than all the others of a column that is used. */
    private void slips(List<ColumnFacts> clock) {
        List<ColumnFacts> used = new ArrayList<>(clock);
        Stream.of(roles.total(), quantity, price, amount, discount)
                .filter(Objects::nonNull)
                .forEach(used::add);
        for (ColumnFacts column : used) {
            for (String slip : column.slips()) {
                line("# " + column.name() + " is \""
                        + (slip.length() > MOST_SHOWN ? slip.substring(0, MOST_SHOWN) : slip)
                        + "\" somewhere, which is no "
                        + (column.isDate() ? "date like " + column.datePattern() : "number")
                        + ": such a row becomes a dead letter. All others are.");
            }
        }
    }

    private void format() {
        line("format:");
        line("  type: csv");
        if (look.delimiter() != ',') {
            line("  delimiter: " + (look.delimiter() == '\t' ? "tab" : quoted(String.valueOf(look.delimiter()))));
        }
        if (!look.encoding().equals("utf-8")) {
            line("  encoding: " + look.encoding() + "   # not UTF-8; VERIFY with a name that has an accent");
        }
        if (!look.hasHeader()) {
            line("  header: false   # the first row has values where names would stand");
            line("  columns: [" + String.join(", ", look.columns()) + "]   # VERIFY: give them names");
        }
        if (look.preamble() > 0) {
            line("  preamble: " + look.preamble() + "   # rows before the table");
        }
        if (look.otherWidths() > 0) {
            line("  # " + look.otherWidths()
                    + " rows have another number of fields than the rest: totals or another record type?");
        }
        line("");
    }

    private void receipt() {
        line("receipt:");
        line("  key: ["
                + roles.key().stream().map(column -> quoted(column.name())).collect(Collectors.joining(", ")) + "]   # "
                + (roles.severalRows()
                        ? "rows with equal values here are one receipt"
                        : "different on every row seen"));
        if (roles.scattered()) {
            line("  rows: scattered   # a receipt's rows were seen apart from each other");
        }
        line("");
    }

    private void numbers() {
        char decimal = roles.decimal();
        if (decimal == ',') {
            line("numbers: { decimal: \",\"" + (roles.thousands() ? ", thousands: \".\"" : "") + " }");
        } else if (decimal == '.' && roles.thousands()) {
            line("numbers: { decimal: \".\", thousands: \",\" }");
        } else if (decimal == 0) {
            line("# VERIFY numbers: no column showed one decimal mark throughout; a point is taken for it.");
        }
    }

    private void records(List<ColumnFacts> clock, String region) {
        ColumnFacts kind = roles.kind();
        ColumnFacts original = roles.original();
        ColumnFacts phone = roles.phone();
        ColumnFacts email = roles.email();
        ColumnFacts customer = roles.customer();
        if (customer != null && customer.isWhole()) {
            line("values:");
            line("  customer: { from: " + quoted(customer.name()) + ", extract: '(\\d+)(?:\\.0)?' }   # written as "
                    + customer.distinct().iterator().next());
            line("");
        }
        List<String> goods = goods();
        boolean negative = roles.total() != null && roles.total().negatives() > 0;
        String refundWhen = kind == null ? null : condition(kind, REFUNDS);
        ColumnFacts sign = refundWhen == null ? refundSign() : null;
        String verify =
                sign == null || sign == roles.total() ? "" : "   # VERIFY: no column says which receipts give back";
        if (sign != null) {
            refundWhen = sign.isNegativeIn("row[" + single(sign.name()) + "]");
        }
        Predicate<List<String>> isRefund = row -> sign == null
                ? kind != null && REFUNDS.contains(roles.cell(row, kind).toLowerCase(Locale.ROOT))
                : ColumnFacts.isNegative(roles.cell(row, sign));
        line("records:");
        leftOut(kind);
        if (refundWhen != null) {
            line("  - kind: refund");
            line("    when: " + quoted(refundWhen) + verify);
            line("    key: " + quoted(keyTemplate()));
            if (original != null) {
                line("    original: " + quoted(keyTemplate(original))
                        + "   # VERIFY: must make the same text as the sale's key");
            } else {
                line("    match: { by: product, unmatched: park }   # no column names the sale; VERIFY");
            }
            common(clock, phone, email, customer, region);
            amount("amount", negative);
            lines(goods, isRefund).forEach(this::line);
        }
        line("  - kind: sale");
        String saleWhen = kind == null ? null : condition(kind, SALES);
        if (saleWhen != null) {
            line("    when: " + quoted(saleWhen));
        } else if (kind != null) {
            // A return that is taken for a sale earns; one that no rule takes is seen.
            line("    when: " + quoted(condition(kind, List.of(kind.usual().toLowerCase(Locale.ROOT))))
                    + "   # VERIFY: the word that was seen most, and none that is known for a sale");
        }
        if (kind != null) {
            line("    # " + kind.name() + " was seen as: "
                    + kind.distinct().stream().sorted().limit(12).collect(Collectors.joining(", "))
                    + ". What no rule takes becomes a dead letter; leave out on purpose under skip.");
        }
        line("    key: " + quoted(keyTemplate())
                + "   # VERIFY: unique for ever? Put the day in where numbers start again");
        common(clock, phone, email, customer, region);
        amount("total-paid", false);
        lines(goods, row -> false).forEach(this::line);
    }

    /** The column in which a receipt that gives back is negative, where no word says it; null for none. */
    private ColumnFacts refundSign() {
        return Stream.of(roles.total(), amount, quantity, price)
                .filter(column -> column != null && roles.isReceiptNegative(column))
                .findFirst()
                .orElse(null);
    }

    private String keyTemplate() {
        return keyTemplate(roles.key().get(roles.key().size() - 1));
    }

    /** @param number of the receipt, which comes last */
    private String keyTemplate(ColumnFacts number) {
        List<ColumnFacts> before = roles.key().subList(0, roles.key().size() - 1);
        String made = Stream.concat(before.stream(), Stream.of(number))
                .map(column -> "{" + column.name() + "}")
                .collect(Collectors.joining("-"));
        return isStoreInName() && roles.store() == null ? "{store}-" + made : made;
    }

    private boolean isStoreInName() {
        return name != null && name.contains("(?<store>");
    }

    private void leftOut(ColumnFacts kind) {
        LEFT_OUT.forEach((reason, words) -> {
            String when = kind == null ? null : condition(kind, words);
            if (when != null) {
                line("  - kind: ignore");
                line("    when: " + quoted(when) + "   # VERIFY");
                line("    reason: " + reason);
            }
        });
    }

    private void common(
            List<ColumnFacts> clock, ColumnFacts phone, ColumnFacts email, ColumnFacts customer, String region) {
        List<String> ids = new ArrayList<>();
        if (customer != null) {
            ids.add(quoted("{" + (customer.isWhole() ? "customer" : customer.name()) + "}"));
        }
        if (phone != null) {
            ids.add("\"mobile_{mobile}\"");
        }
        if (ids.isEmpty() && email != null) {
            ids.add("\"{email}\"");
        }
        if (ids.isEmpty()) {
            line("    # VERIFY: no column names the customer; every receipt is anonymous and earns nothing.");
        } else {
            line("    customer:");
            line("      id: [" + String.join(", ", ids) + "]   # the first that is there");
            if (phone != null) {
                line("      mobile: { from: " + quoted(phone.name()) + ", as: e164, region: " + region
                        + " }   # VERIFY the region");
            }
            if (email != null) {
                line("      email: " + quoted(email.name()));
            }
        }
        String pattern = clock.stream().map(ColumnFacts::datePattern).collect(Collectors.joining(" "));
        line("    sold-at: { from: ["
                + clock.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "))
                + "], patterns: [" + quoted(pattern) + "] }"
                + (clock.stream().anyMatch(ColumnFacts::dayAndMonthUnclear)
                        ? "   # VERIFY: day and month could change places in every row seen"
                        : "")
                + (DateGuess.hasTime(pattern)
                        ? ""
                        : "   # VERIFY: no time of day was found, so every sale is at midnight"));
    }

    private void amount(String key, boolean absolute) {
        if (roles.total() == null) {
            line(
                    !hasLines()
                            ? "    " + key + ": " + quoted(roles.totalByName().name())
                                    + "   # VERIFY: by its name alone; it is also "
                                    + String.join(", ", roles.totalByName().odd())
                            : "    " + key + ": lines   # no column is one amount a receipt");
            return;
        }
        String name = quoted(roles.total().name());
        line("    " + key + ": "
                + (absolute ? "{ from: " + name + ", absolute: true }   # negative where goods come back" : name));
        roles.blanks(roles.total())
                .ifPresent(blank -> line("    # " + roles.total().name() + " is blank in " + blank
                        + " receipts: leave their kind out (kind: ignore), or they become dead letters."));
    }

    /** How the goods of a line are named, in sales and refunds; to be asked once, because a column that has a role gets no other. */
    private List<String> goods() {
        List<String> goods = new ArrayList<>();
        ColumnFacts product = hasLines() ? roles.product() : null;
        if (product != null) {
            goods.add("      product-id: " + quoted(product.name()));
        }
        ColumnFacts title = hasLines() ? roles.title() : null;
        if (title != null) {
            goods.add("      title: " + quoted(title.name()));
        }
        return goods;
    }

    /** @param isRefund whether a row gives back, where these are the lines of a refund: its amounts are to be positive */
    private List<String> lines(List<String> goods, Predicate<List<String>> isRefund) {
        if (!hasLines()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("    lines:");
        lines.addAll(goods);
        if (quantity != null) {
            lines.add(signed("quantity", quantity, isRefund, ""));
        }
        lines.add(
                price == null
                        ? signed("amount", amount, isRefund, "of all pieces of the line")
                        : signed("price", price, isRefund, "of one piece, before discount"));
        if (discount != null) {
            lines.add(signed("discount", discount, isRefund, "of the whole line"));
        }
        return lines;
    }

    private String signed(String key, ColumnFacts column, Predicate<List<String>> isRefund, String meaning) {
        ColumnRoles.Signs signs = roles.signs(column, isRefund);
        String sign = signs.negative() == 0
                ? ""
                : "negative in " + signs.negative() + " of " + signs.filled() + " rows of refunds";
        String verify = Stream.of(meaning, sign).filter(text -> !text.isEmpty()).collect(Collectors.joining("; "));
        return "      " + key + ": "
                + (signs.areMostlyNegative()
                        ? "{ from: " + quoted(column.name()) + ", sign: reversed }"
                        : quoted(column.name()))
                + (verify.isEmpty() ? "" : "   # VERIFY: " + verify);
    }

    private boolean hasLines() {
        return price != null || amount != null;
    }

    private static String condition(ColumnFacts kind, List<String> words) {
        List<String> values = kind.distinct().stream()
                .filter(value -> words.contains(value.toLowerCase(Locale.ROOT)))
                .sorted()
                .toList();
        if (values.isEmpty()) {
            return null;
        }
        String column = "row[" + single(kind.name()) + "]";
        return values.size() == 1
                ? column + " == " + single(values.get(0))
                : column + " in [" + values.stream().map(ProfileDraft::single).collect(Collectors.joining(", ")) + "]";
    }

    private static String single(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
