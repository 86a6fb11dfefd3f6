package dev.posbridge.vendor;

import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Source;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a vendor's tills number what they do, so that what is missing shows. Voids, skipped and bad receipts count too.
 *
 * @param number grows by one from receipt to receipt
 * @param register whose numbers they are
 * @param daily true where they begin again each day
 */
record Sequence(Source number, List<Source> register, boolean daily) {
    private static final int LONGEST = 18;

    /** A receipt's number at its register; null where it has none. */
    Numbered of(Facts facts) {
        String text = number.of(facts).strip();
        if (text.isEmpty()
                || text.length() > LONGEST
                || !text.chars().allMatch(letter -> letter >= '0' && letter <= '9')) {
            return null;
        }
        String name = register.stream().map(part -> part.of(facts).strip()).collect(Collectors.joining("-"));
        String day = daily && facts.fileDate() != null ? facts.fileDate() + " " : "";
        return new Numbered(day + name, Long.parseLong(text));
    }
}
