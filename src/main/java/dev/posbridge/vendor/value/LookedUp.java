package dev.posbridge.vendor.value;

import dev.posbridge.pos.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * What a look-up file says of another value: the customer of a card, the category of a product. What is blank is looked up
 * nowhere; what a spreadsheet mangled is refused, whatever becomes of others that are not in the file.
 *
 * @param table what the file says, by its keys as {@link IdText} reads them
 * @param file as the profile names it, for messages
 * @param missing what becomes of a value that the file does not have
 */
public record LookedUp(String name, Source from, Map<String, String> table, String lookup, String file, Missing missing)
        implements Source {

    /** What becomes of a value that is not in the file. */
    public enum Missing {
        DEAD,
        BLANK,
        KEEP
    }

    public LookedUp {
        table = Map.copyOf(table);
    }

    @Override
    public String of(Facts facts) {
        String key = from.isWritten() ? IdText.of(from.of(facts)) : from.of(facts);
        String found = key.isEmpty() ? "" : table.get(key);
        return found == null ? missing(key, facts) : found;
    }

    private String missing(String key, Facts facts) {
        String mangled = from.isWritten() && !from.vouches(key) ? IdText.mangled(key) : null;
        if (mangled != null) {
            throw facts.fault(
                    column(facts),
                    Reason.ID_MANGLED,
                    "\"" + from.name() + "\" is \"" + Shown.text(key) + "\": " + mangled + ". "
                            + Reason.ID_MANGLED.remedy());
        }
        return switch (missing) {
            case BLANK -> "";
            case KEEP -> key;
            case DEAD ->
                throw facts.fault(
                        column(facts),
                        Reason.NOT_LISTED,
                        "\"" + from.name() + "\" is \"" + Shown.text(key) + "\", which is not in " + file
                                + ". Add it there and replay, or say under lookups." + lookup + ".missing in "
                                + facts.profile() + " what becomes of such.");
        };
    }

    @Override
    public Collection<String> possible() {
        return missing == Missing.KEEP ? List.of() : table.values();
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
