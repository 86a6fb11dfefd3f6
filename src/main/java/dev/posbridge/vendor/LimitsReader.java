package dev.posbridge.vendor;

import dev.posbridge.pos.FileLimits;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.math.BigDecimal;
import java.util.List;

/** Reads what a file may come to before it is held: the keys of {@code plausible} that are about the file as a whole. */
final class LimitsReader {
    static final List<String> KEYS = List.of(
            "records",
            "total",
            "mean-basket",
            "largest-order",
            "refund-share",
            "new-customer-share",
            "times-median",
            "customer-sales",
            "customer-stores");

    private final Section section;

    private LimitsReader(Section section) {
        this.section = section;
    }

    static FileLimits read(Section root) {
        Section section = root.section("plausible");
        return section == null ? FileLimits.DEFAULT : new LimitsReader(section).read();
    }

    private FileLimits read() {
        return new FileLimits(
                number("records", 1, null),
                amount("total"),
                amount("mean-basket"),
                amount("largest-order"),
                share("refund-share"),
                share("new-customer-share"),
                number("times-median", 2, FileLimits.DEFAULT.timesMedian()),
                number("customer-sales", 1, FileLimits.DEFAULT.customerSales()),
                number("customer-stores", 1, FileLimits.DEFAULT.customerStores()));
    }

    /** @param otherwise null where the file has no such limit; a limit that is there anyway can be lifted by {@code any} */
    private Integer number(String key, int least, Integer otherwise) {
        Word word = section.word(key);
        if (word == null) {
            return otherwise;
        }
        if (otherwise != null && word.text().equals("any")) {
            return 0;
        }
        boolean whole = word.text().matches("\\d{1,9}") && Integer.parseInt(word.text()) >= least;
        if (!whole) {
            word.problem("\"" + key + "\" is \"" + word.text() + "\", expected a number from " + least + " on"
                    + (otherwise == null ? "." : ", or any."));
            return otherwise;
        }
        return Integer.valueOf(word.text());
    }

    private BigDecimal amount(String key) {
        Word word = section.word(key);
        if (word != null && !word.text().matches("\\d{1,12}(?:\\.\\d{1,4})?")) {
            word.problem("\"" + key + "\" is \"" + word.text() + "\", expected an amount such as 2500.00.");
            return null;
        }
        return word == null ? null : new BigDecimal(word.text());
    }

    private BigDecimal share(String key) {
        Word word = section.word(key);
        if (word != null && !word.text().matches("(\\d{1,2}(\\.\\d{1,4})?|100)\\s*%")) {
            word.problem("\"" + key + "\" is \"" + word.text() + "\", expected a percentage such as 30%.");
            return null;
        }
        return word == null ? null : new BigDecimal(word.text().replace("%", "").strip()).movePointLeft(2);
    }
}
