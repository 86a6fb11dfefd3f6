package dev.posbridge.vendor.draft;

import dev.posbridge.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a first profile for a file, with what it was judged by as comments. What must be verified says so. */
public final class ProfileDraft {
    private static final List<String> SALES =
            List.of("s", "sale", "sales", "verkauf", "vente", "venta", "paid", "payment");
    private static final List<String> REFUNDS = List.of(
            "r",
            "refund",
            "return",
            "returns",
            "rueckgabe",
            "retoure",
            "gutschrift",
            "retour",
            "remboursement",
            "devolucion");

    private final StringBuilder text = new StringBuilder(4_096);
    private final FileLook look;
    private final ColumnRoles roles;

    private ProfileDraft(FileLook look) {
        this.look = look;
        this.roles = new ColumnRoles(look);
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
        ProfileDraft draft = new ProfileDraft(look);
        draft.write(vendor, file, currency, zone, region);
        return draft.text.toString();
    }

    private void write(String vendor, Path file, String currency, String zone, String region) {
        List<ColumnFacts> clock = roles.clock();
        if (roles.key().isEmpty() || clock.isEmpty()) {
            throw new ConfigurationException(file + ": found no column that could be "
                    + (roles.key().isEmpty() ? "a receipt's number" : "the time of sale") + " among "
                    + look.columns().stream().limit(20).collect(Collectors.joining(", "))
                    + ". Copy config/vendors/generic-csv.yaml and name the columns yourself, see docs/profiles.md.");
        }
        line("# yaml-language-server: $schema=profile.schema.json");
        line("# A first draft, made by looking at the first " + look.rows().size() + " rows of " + file.getFileName()
                + ". Every choice says why; what says VERIFY could not be known.");
        line("# Then: ./posbridge check --vendor " + vendor + " " + file.getFileName());
        line("vendor: " + vendor);
        line("description: \"VERIFY: one sentence about this vendor's files.\"");
        line("");
        format();
        receipt();
        line("time-zone: " + zone + "   # VERIFY: where the tills' clocks are");
        line("currency: " + currency + "   # VERIFY");
        numbers();
        ColumnFacts store = roles.store();
        if (store != null) {
            line("branch: { id: \"{" + store.name() + "}\" }   # by its name");
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
        List<String> lines = lines();
        boolean negative = roles.total() != null && roles.total().negatives() > 0;
        String refundWhen = kind == null ? null : condition(kind, REFUNDS);
        if (refundWhen == null && negative) {
            refundWhen = "row[" + single(roles.total().name()) + "].startsWith('-')";
        }
        line("records:");
        if (refundWhen != null) {
            line("  - kind: refund");
            line("    when: " + quoted(refundWhen));
            line("    key: " + quoted(keyTemplate()));
            if (original != null) {
                line("    original: " + quoted("{" + original.name() + "}")
                        + "   # VERIFY: must make the same text as the sale's key");
            } else {
                line("    match: { by: product, unmatched: park }   # no column names the sale; VERIFY");
            }
            common(clock, phone, email, customer, region);
            amount("amount", negative);
            lines.forEach(this::line);
        }
        line("  - kind: sale");
        String saleWhen = kind == null ? null : condition(kind, SALES);
        if (saleWhen != null) {
            line("    when: " + quoted(saleWhen));
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
        lines.forEach(this::line);
    }

    private String keyTemplate() {
        return roles.key().stream().map(column -> "{" + column.name() + "}").collect(Collectors.joining("-"));
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
            line("    " + key + ": lines   # no column is one amount a receipt");
            return;
        }
        String name = quoted(roles.total().name());
        line("    " + key + ": "
                + (absolute ? "{ from: " + name + ", absolute: true }   # negative where goods come back" : name));
    }

    private List<String> lines() {
        ColumnFacts quantity = roles.quantity();
        ColumnFacts price = roles.price();
        if (price == null) {
            return List.of();
        }
        ColumnFacts product = roles.product();
        ColumnFacts title = roles.title();
        List<String> lines = new ArrayList<>();
        lines.add("    lines:");
        if (product != null) {
            lines.add("      product-id: " + quoted(product.name()));
        }
        if (title != null) {
            lines.add("      title: " + quoted(title.name()));
        }
        if (quantity != null) {
            lines.add("      quantity: " + quoted(quantity.name()));
        }
        lines.add("      price: " + quoted(price.name()) + "   # VERIFY: of one piece, before discount");
        return lines;
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
