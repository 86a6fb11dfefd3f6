package dev.posbridge.vendor;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.posbridge.Nearest;
import dev.posbridge.vendor.value.Amount;
import dev.posbridge.vendor.value.DatePattern;
import dev.posbridge.vendor.value.Dates;
import dev.posbridge.vendor.value.DayEnd;
import dev.posbridge.vendor.value.Email;
import dev.posbridge.vendor.value.LateHours;
import dev.posbridge.vendor.value.Moments;
import dev.posbridge.vendor.value.Numbers;
import dev.posbridge.vendor.value.Phone;
import dev.posbridge.vendor.value.Sign;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.value.Zones;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the kinds of values that stand all over a profile. Absent ones are null. */
final class ValueReader {
    private static final Set<String> MONEY = Set.of(
            "total-paid",
            "total-price",
            "total-discount",
            "total-shipping",
            "amount",
            "amount-so-far",
            "refunded-so-far",
            "total");
    private static final List<String> DAYS = List.of("uuuu-MM-dd", "uuuuMMdd");

    private final Vocabulary vocabulary;
    private final Numbers numbers;
    private final int moneyDecimals;
    private final Zones zones;
    private final DayEnd dayEnds;

    /**
     * @param numbers how numbers look where nothing else is said
     * @param moneyDecimals the most that a total may have where nothing else is said
     * @param zones of the tills
     */
    ValueReader(Vocabulary vocabulary, Numbers numbers, int moneyDecimals, Zones zones) {
        this(vocabulary, numbers, moneyDecimals, zones, null);
    }

    private ValueReader(Vocabulary vocabulary, Numbers numbers, int moneyDecimals, Zones zones, DayEnd dayEnds) {
        this.vocabulary = vocabulary;
        this.numbers = numbers;
        this.moneyDecimals = moneyDecimals;
        this.zones = zones;
        this.dayEnds = dayEnds;
    }

    /** The same where the business day ends then; null for midnight. */
    ValueReader withDayEnds(DayEnd ends) {
        return new ValueReader(vocabulary, numbers, moneyDecimals, zones, ends);
    }

    /** The same way of reading over other columns. */
    ValueReader over(List<String> otherColumns) {
        return new ValueReader(vocabulary.over(otherColumns), numbers, moneyDecimals, zones, dayEnds);
    }

    /** How many decimals totals may have: what the profile says under {@code numbers}, else those of the currency. */
    static int moneyDecimals(Section numbers, Currency currency) {
        return decimals(numbers, Math.max(0, currency.getDefaultFractionDigits()));
    }

    /** Where the clocks are of times that name no zone; null where each row names its own. */
    ZoneId zone() {
        return zones.usual();
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    /** A column, or {@code {from, decimal, thousands, implied-decimals, sign, absolute}}. */
    Amount amount(Section section, String key) {
        return amountAs(section, key, key);
    }

    /** As {@link #amount(Section, String)}, called otherwise in messages. */
    Amount amountAs(Section section, String key, String what) {
        if (!section.hasSection(key)) {
            Word column = section.word(key);
            return column == null ? null : amount(what, column);
        }
        Section own = section.section(key);
        Amount made = amount(own, what, "from");
        own.refuseUnknown();
        return made;
    }

    /** The amount in a column, as numbers look where nothing else is said. */
    Amount amount(String what, Word column) {
        if (column.text().indexOf('{') >= 0) {
            column.problem("\"" + what + "\" is \"" + column.text() + "\", expected a column. Amounts are added and"
                    + " subtracted so: { add: [Total], subtract: [Tip] }.");
        }
        return new Amount(what, vocabulary.source(column), numbers, Sign.KEPT, decimals(what, moneyDecimals), 0);
    }

    /** The amount that a section says; its other keys are left to the caller. Null after a problem was reported. */
    Amount amount(Section own, String what, String fromKey) {
        Word from = own.requiredWord(fromKey);
        Numbers written = numbers(own, numbers);
        Sign sign = sign(own);
        int implied = 0;
        Word unmarked = own.word("implied-decimals");
        if (unmarked != null && unmarked.text().matches("[0-6]")) {
            implied = Integer.parseInt(unmarked.text());
        } else if (unmarked != null) {
            unmarked.problem("\"implied-decimals\" is \"" + unmarked.text() + "\", expected 0 to 6.");
        }
        int most = decimals(own, decimals(what, moneyDecimals));
        if (from == null) {
            return null;
        }
        if (from.text().indexOf('{') >= 0) {
            return amount(what, from);
        }
        return new Amount(what, vocabulary.source(from), written, sign, most, implied);
    }

    private Sign sign(Section own) {
        boolean absolute = own.flag("absolute", false);
        if (!own.has("sign")) {
            return absolute ? Sign.DROPPED : Sign.KEPT;
        }
        if (absolute) {
            own.problem("both \"absolute\" and \"sign\" say what becomes of the sign. Remove one.");
        }
        if (!own.hasSection("sign")) {
            return switch (own.choice("sign", List.of("kept", "dropped", "reversed"), "kept")) {
                case "dropped" -> Sign.DROPPED;
                case "reversed" -> Sign.REVERSED;
                default -> Sign.KEPT;
            };
        }
        Section flag = own.section("sign");
        Word from = flag.requiredWord("from");
        flag.requireKey("negative");
        List<String> negative = texts(flag.words("negative"));
        List<String> positive = flag.has("positive") ? texts(flag.words("positive")) : List.of("", "+");
        for (String word : negative) {
            if (positive.contains(word)) {
                flag.problem("\"" + word + "\" is both negative and positive.");
            }
        }
        flag.refuseUnknown();
        return from == null ? Sign.KEPT : Sign.in(vocabulary.source(from), stripped(negative), stripped(positive));
    }

    private static List<String> stripped(List<String> words) {
        return words.stream().map(String::strip).toList();
    }

    /** What is paid or given back has its currency's decimals; prices, taxes, quantities may be finer. */
    private static int decimals(String key, int ofMoney) {
        return MONEY.contains(key) ? ofMoney : Amount.ANY;
    }

    private static int decimals(Section section, int otherwise) {
        Word word = section == null ? null : section.word("decimals");
        if (word == null) {
            return otherwise;
        }
        if (!word.text().matches("\\d")) {
            word.problem("\"decimals\" is \"" + word.text() + "\", expected a number from 0 to 9.");
            return otherwise;
        }
        return Integer.parseInt(word.text());
    }

    static Numbers numbers(Section section, Numbers otherwise) {
        char decimal = mark(section, "decimal", otherwise.decimal());
        char thousands = mark(section, "thousands", otherwise.thousands());
        if (decimal == thousands) {
            section.problem("decimal and thousands are both \"" + decimal + "\".");
        }
        String cr = section.choice("cr", List.of("negative", "positive"), "");
        Boolean credit = cr.isEmpty() ? otherwise.credit() : Boolean.valueOf(cr.equals("negative"));
        return new Numbers(decimal, thousands, otherwise.currency(), credit);
    }

    private static char mark(Section section, String key, char otherwise) {
        Word word = section.word(key);
        if (word == null) {
            return otherwise;
        }
        if (word.text().length() != 1 || Character.isLetterOrDigit(word.text().charAt(0))) {
            word.problem("\"" + key + "\" is \"" + word.text() + "\", expected one character such as \",\".");
            return otherwise;
        }
        return word.text().charAt(0);
    }

    /** {@code {from, patterns, time-zone}}. */
    Moments moments(Section section, String key) {
        if (!section.has(key)) {
            return null;
        }
        Section own = section.section(key);
        if (own == null) {
            return null;
        }
        own.requireKey("from");
        own.requireKey("patterns");
        List<Source> from = own.words("from").stream().map(vocabulary::source).toList();
        List<Word> words = own.words("patterns");
        Zones ownZones = own.has("time-zone") ? zones(own, vocabulary) : zones;
        boolean late = lateHours(own, words);
        boolean business = isOfBusinessDay(section, key, own, late);
        own.refuseUnknown();
        if (from.isEmpty() || words.isEmpty()) {
            return null;
        }
        Moments made = new Moments(key, from, texts(words), late ? latePatterns(words) : patterns(words), ownZones);
        return business ? made.ofBusinessDay(dayEnds) : made;
    }

    /**
     * Whether the day that is written is the one that ends at {@code day-ends}, so that its hours after midnight are the next
     * day's. Without a word about it that is so where the day is the file's, or the rule's own business date.
     */
    private boolean isOfBusinessDay(Section section, String key, Section own, boolean late) {
        Word said = own.word("day");
        List<String> from = texts(own.words("from"));
        boolean isTime = key.equals("at") || key.endsWith("-at");
        if (said != null && !isTime) {
            said.problem("\"day\" is for times, but \"" + key + "\" is a day. Remove the key.");
        }
        boolean isDay =
                isTime && (from.contains(FileNames.BUSINESS_DATE) || from.size() > 1 && isBusinessDate(section, from));
        String usual = dayEnds != null && !late && isDay ? "business" : "calendar";
        boolean business =
                own.choice("day", List.of("calendar", "business"), usual).equals("business");
        if (business && said != null && (dayEnds == null || late)) {
            said.problem(
                    late
                            ? "\"day: business\" and \"hours: 36\" do not go together: such hours count on by themselves."
                                    + " Remove one of them."
                            : "\"day: business\" needs \"day-ends\", the time of the night at which that day ends.");
        }
        return business && dayEnds != null && !late;
    }

    private static boolean isBusinessDate(Section section, List<String> from) {
        if (!section.has("business-date")) {
            return false;
        }
        List<Word> days = section.hasSection("business-date")
                ? section.section("business-date").words("from")
                : section.words("business-date");
        return !days.isEmpty() && from.containsAll(texts(days));
    }

    private static boolean lateHours(Section own, List<Word> words) {
        return own.choice("hours", List.of("24", "36"), "24").equals("36") && !words.isEmpty();
    }

    private static List<DatePattern> latePatterns(List<Word> words) {
        List<DatePattern> patterns = new ArrayList<>();
        for (Word word : words) {
            try {
                patterns.add(LateHours.pattern(word.text()));
                refuseGuess(word, words);
            } catch (IllegalArgumentException problem) {
                word.problem("date pattern \"" + word.text() + "\" is not valid: " + problem.getMessage() + ".");
            }
        }
        return patterns;
    }

    /** A day: a column with ISO days, or {@code {from, patterns}}. */
    Moments day(Section section, String key) {
        if (!section.has(key) || section.hasSection(key)) {
            return moments(section, key);
        }
        Word column = section.word(key);
        List<DatePattern> patterns = DAYS.stream().map(DatePattern::of).toList();
        return column == null ? null : new Moments(key, List.of(vocabulary.source(column)), DAYS, patterns, zones);
    }

    /** A day as rows state it, in the ISO way. */
    Moments isoDay(String what, Source column) {
        return new Moments(
                what, List.of(column), DAYS, DAYS.stream().map(DatePattern::of).toList(), zones);
    }

    /** Patterns of days under a key; ISO days where it is absent. */
    static Dates dates(Section section, String key) {
        List<Word> words = section == null ? List.of() : section.words(key);
        if (words.isEmpty()) {
            return new Dates(DAYS, DAYS.stream().map(DatePattern::of).toList());
        }
        return new Dates(texts(words), patterns(words));
    }

    /** Of two patterns that read one text as two days nobody knows which the till means. */
    private static void refuseGuess(Word word, List<Word> words) {
        for (Word before : words.subList(0, words.indexOf(word))) {
            String text = DatePattern.readTwice(before.text(), word.text());
            if (text != null) {
                word.problem("date pattern \"" + word.text() + "\" reads \"" + text + "\" as another day than \""
                        + before.text()
                        + "\" does, and nobody knows which is meant. Keep the one that the till writes.");
                return;
            }
        }
    }

    static List<DatePattern> patterns(List<Word> words) {
        List<DatePattern> patterns = new ArrayList<>();
        for (Word word : words) {
            try {
                patterns.add(DatePattern.of(word.text()));
                refuseGuess(word, words);
            } catch (IllegalArgumentException problem) {
                word.problem("date pattern \"" + word.text() + "\" is not valid: " + problem.getMessage() + ".");
            }
        }
        return patterns;
    }

    private static List<String> texts(List<Word> words) {
        return words.stream().map(Word::text).toList();
    }

    /** A zone, or {@code {from, otherwise}}: a column or value that names it. */
    static Zones zones(Section section, Vocabulary vocabulary) {
        if (!section.hasSection("time-zone")) {
            Word word = section.requiredWord("time-zone");
            return Zones.of(word == null ? ZoneId.of("UTC") : zone(word));
        }
        Section own = section.section("time-zone");
        Word from = own.requiredWord("from");
        Word otherwise = own.word("otherwise");
        own.refuseUnknown();
        ZoneId usual = otherwise == null ? null : zone(otherwise);
        if (from == null) {
            return Zones.of(ZoneId.of("UTC"));
        }
        Source source = vocabulary.source(from);
        source.possible().stream()
                .filter(name -> !name.isEmpty() && Zones.zone(name) == null)
                .sorted()
                .findFirst()
                .ifPresent(name -> from.problem("\"" + from.text() + "\" may say \"" + name
                        + "\", which is no time zone, expected names such as Europe/London. Correct it there."));
        return Zones.from(source, usual);
    }

    private static ZoneId zone(Word word) {
        try {
            return ZoneId.of(word.text());
        } catch (DateTimeException unknown) {
            String meant = Nearest.to(word.text(), ZoneId.getAvailableZoneIds())
                    .map(name -> " Did you mean \"" + name + "\"?")
                    .orElse("");
            word.problem(
                    "unknown time zone \"" + word.text() + "\"." + meant + " Expected a name such as Europe/London.");
            return ZoneId.of("UTC");
        }
    }

    /** A column with international numbers, or {@code {from, as, region}}. */
    Phone phone(Section section, String key) {
        if (!section.hasSection(key)) {
            Word column = section.word(key);
            return column == null ? null : new Phone(vocabulary.source(column), null, false, false);
        }
        Section own = section.section(key);
        Word from = own.requiredWord("from");
        own.choice("as", List.of("e164"), "e164");
        Word region = own.word("region");
        boolean dropped = own.choice("invalid", List.of("dead", "none"), "dead").equals("none");
        own.refuseUnknown();
        return from == null
                ? null
                : new Phone(vocabulary.source(from), region == null ? null : region(region), dropped, false);
    }

    private static String region(Word word) {
        Set<String> known = new TreeSet<>(PhoneNumberUtil.getInstance().getSupportedRegions());
        if (!known.contains(word.text())) {
            word.problem("unknown region \"" + word.text() + "\", expected two capital letters such as GB or SA.");
        }
        return word.text();
    }

    Email email(Section section, String key) {
        Word column = section.word(key);
        return column == null ? null : new Email(vocabulary.source(column), false);
    }
}
