package dev.posbridge.vendor.value;

import dev.posbridge.pos.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a single value comes from. Values are never null: "" is a blank one. */
public interface Source {
    String of(Facts facts);

    /** Number of the field in the row, from 1; 0 where it is no field. */
    default int column(Facts facts) {
        return 0;
    }

    /** As the profile names it. */
    String name();

    /** Whether it stands in the file as a till, or a spreadsheet after it, wrote it. */
    default boolean isWritten() {
        return true;
    }

    /** Why the value cannot be an id for a reason of the profile's, in words behind "which"; null where it can. */
    default String unfit(String value) {
        return null;
    }

    /** What is wrong with an id that was made of what stands there: null, or words behind "which is". */
    default String mangled(String id, Facts facts) {
        return IdText.fault(id);
    }

    /** Whether the profile says what ids look like there, so that this one is one however odd it looks. */
    default boolean vouches(String id) {
        return false;
    }

    /** What kind of fault it is that a value is unfit. */
    default Reason unfitReason() {
        return Reason.ID_MANGLED;
    }

    /** The key of the profile that may have to be corrected where a value is unfit. */
    default String remedyKey() {
        return "width";
    }

    /** Whether something stands there of which it made nothing: that is not the same as a blank. */
    default boolean isLost(Facts facts) {
        return false;
    }

    /** All that it may say, where the profile decides that; none where only the file does. */
    default Collection<String> possible() {
        return List.of();
    }

    /** Tells the slots of the columns that it is made of; none where it is the same in all rows of a file. */
    void columns(IntConsumer each);

    /** A column of the row. */
    record Column(String name, int slot) implements Source {
        @Override
        public String of(Facts facts) {
            return facts.row().value(slot);
        }

        @Override
        public int column(Facts facts) {
            return facts.row().column(slot);
        }

        @Override
        public void columns(IntConsumer each) {
            each.accept(slot);
        }
    }

    /** A named group of the file name's pattern. */
    record Capture(String name, int index) implements Source {
        @Override
        public String of(Facts facts) {
            return facts.capture(index);
        }

        @Override
        public void columns(IntConsumer each) {
            // The file's name is one for all rows.
        }

        @Override
        public boolean isWritten() {
            return false;
        }
    }

    /** Another value, but blank where one of these texts (in small letters) stands. */
    record Blanked(Source from, Set<String> placeholders) implements Source {
        public Blanked {
            placeholders = Set.copyOf(placeholders);
        }

        @Override
        public String name() {
            return from.name();
        }

        @Override
        public String of(Facts facts) {
            String value = from.of(facts);
            return !value.isEmpty() && placeholders.contains(value.toLowerCase(Locale.ROOT)) ? "" : value;
        }

        @Override
        public int column(Facts facts) {
            return from.column(facts);
        }

        @Override
        public void columns(IntConsumer each) {
            from.columns(each);
        }
    }

    /**
     * Another value in a width of its own: digits that lost their leading zeros get them back, or are no id.
     *
     * @param padded whether zeros are put before what is too short
     */
    record Wide(Source from, int width, boolean padded) implements Source {
        @Override
        public String name() {
            return from.name();
        }

        @Override
        public String of(Facts facts) {
            String value = from.of(facts);
            boolean digits = !value.isEmpty() && value.chars().allMatch(found -> found >= '0' && found <= '9');
            return padded && digits && value.length() < width ? "0".repeat(width - value.length()) + value : value;
        }

        @Override
        public String mangled(String id, Facts facts) {
            return from.mangled(id, facts);
        }

        @Override
        public String unfit(String value) {
            if (value.isEmpty() || value.length() == width) {
                return null;
            }
            return "has " + value.length() + " characters, expected " + width
                    + (value.length() < width ? ": its leading zeros may be lost (pad: true restores them)." : ".");
        }

        @Override
        public int column(Facts facts) {
            return from.column(facts);
        }

        @Override
        public void columns(IntConsumer each) {
            from.columns(each);
        }
    }

    /** A part of another value: the group of a pattern that must fit all of it, "" where it does not fit. */
    record Derived(String name, Source from, Pattern extract) implements Source {
        @Override
        public String of(Facts facts) {
            String value = from.of(facts);
            if (value.isEmpty() || extract == null) {
                return value;
            }
            Matcher matcher = extract.matcher(value);
            String part = matcher.matches() ? matcher.group(1) : null;
            return part == null ? "" : part;
        }

        @Override
        public String mangled(String id, Facts facts) {
            return extract == null ? from.mangled(id, facts) : IdText.fault(id);
        }

        @Override
        public boolean isLost(Facts facts) {
            return from.isLost(facts) || of(facts).isEmpty() && !from.of(facts).isEmpty();
        }

        @Override
        public int column(Facts facts) {
            return from.column(facts);
        }

        @Override
        public void columns(IntConsumer each) {
            from.columns(each);
        }
    }

    /** Something Posbridge made itself while translating. */
    enum Made implements Source {
        KEY("key"),
        IDENTITY("identity"),
        MOBILE("mobile"),
        EMAIL("email");

        private final String word;

        Made(String word) {
            this.word = word;
        }

        @Override
        public String of(Facts facts) {
            String value =
                    switch (this) {
                        case KEY -> facts.key();
                        case IDENTITY -> facts.identity();
                        case MOBILE ->
                            facts.mobile() == null ? null : facts.mobile().substring(1);
                        case EMAIL -> facts.email();
                    };
            return value == null ? "" : value;
        }

        @Override
        public boolean isWritten() {
            return false;
        }

        public String word() {
            return word;
        }

        @Override
        public void columns(IntConsumer each) {
            // What it was made of is asked for itself.
        }
    }
}
