package dev.posbridge.vendor;

import dev.posbridge.pos.AgainPolicy;
import dev.posbridge.settings.SettingsReader;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what a profile says of receipts that come once more ({@code again}), and of refunds ({@code refunds}). */
final class AgainReader {
    private static final Pattern PERCENTAGE = Pattern.compile("(\\d{1,4}(?:\\.\\d{1,4})?)\\s*%");
    private static final Duration LONGEST = Duration.ofHours(1);

    private AgainReader() {}

    static AgainPolicy read(Section root) {
        Section again = root.section("again");
        Section refunds = root.section("refunds");
        AgainPolicy usual = AgainPolicy.DEFAULT;
        Duration tolerance = again == null ? usual.timeTolerance() : tolerance(again.word("time-tolerance"));
        BigDecimal cap = refunds == null ? usual.cap() : cap(refunds.word("cap"));
        boolean parks = refunds != null
                && refunds.choice("void-of-nothing", List.of("skip", "park"), "skip")
                        .equals("park");
        if (again != null) {
            again.refuseUnknown();
        }
        if (refunds != null) {
            refunds.refuseUnknown();
        }
        return new AgainPolicy(tolerance, cap, parks);
    }

    private static Duration tolerance(Word word) {
        Duration usual = AgainPolicy.DEFAULT.timeTolerance();
        if (word == null) {
            return usual;
        }
        Duration found = SettingsReader.parseDuration(word.text());
        if (found == null || found.compareTo(LONGEST) > 0) {
            word.problem("\"time-tolerance\" is \"" + word.text()
                    + "\", expected a time with its unit, such as 60s, of one hour at most.");
            return usual;
        }
        return found;
    }

    private static BigDecimal cap(Word word) {
        if (word == null) {
            return AgainPolicy.DEFAULT.cap();
        }
        var percentage = PERCENTAGE.matcher(word.text());
        if (!percentage.matches()) {
            word.problem("\"cap\" is \"" + word.text() + "\", expected a percentage of the sale's total such as 5%.");
            return AgainPolicy.DEFAULT.cap();
        }
        return new BigDecimal(percentage.group(1)).movePointLeft(2);
    }
}
