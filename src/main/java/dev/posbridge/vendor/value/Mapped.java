package dev.posbridge.vendor.value;

import dev.posbridge.pos.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Another value in other words: {@code H} for {@code F}.
 *
 * @param unknown what becomes of a word that is not in the map
 */
public record Mapped(String name, Source from, Map<String, String> words, LookedUp.Missing unknown) implements Source {
    public Mapped {
        words = Map.copyOf(words);
    }

    @Override
    public String of(Facts facts) {
        String value = from.of(facts);
        String meaning = words.get(value);
        if (meaning != null || value.isEmpty()) {
            return meaning == null ? "" : meaning;
        }
        return switch (unknown) {
            case KEEP -> value;
            case BLANK -> "";
            case DEAD ->
                throw facts.fault(
                        column(facts),
                        Reason.NOT_LISTED,
                        "\"" + from.name() + "\" is \"" + Shown.text(value) + "\", which is not in the map of values."
                                + name + ". Add it there in " + facts.profile() + " and replay.");
        };
    }

    @Override
    public boolean isLost(Facts facts) {
        return from.isLost(facts)
                || of(facts).isEmpty()
                        && !words.containsKey(from.of(facts))
                        && !from.of(facts).isEmpty();
    }

    @Override
    public Collection<String> possible() {
        return unknown == LookedUp.Missing.KEEP ? List.of() : words.values();
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
