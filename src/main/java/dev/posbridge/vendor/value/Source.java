package dev.posbridge.vendor.value;

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
    }

    /** A named group of the file name's pattern. */
    record Capture(String name, int index) implements Source {
        @Override
        public String of(Facts facts) {
            return facts.capture(index);
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
        public int column(Facts facts) {
            return from.column(facts);
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

        public String word() {
            return word;
        }
    }
}
