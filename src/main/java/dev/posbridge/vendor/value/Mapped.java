package dev.posbridge.vendor.value;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Another value in other words: {@code H} for {@code F}.
 *
 * @param kept whether a word that is not in the map stays; else it is blank
 */
public record Mapped(String name, Source from, Map<String, String> words, boolean kept) implements Source {
    public Mapped {
        words = Map.copyOf(words);
    }

    @Override
    public String of(Facts facts) {
        String value = from.of(facts);
        return words.getOrDefault(value, kept ? value : "");
    }

    @Override
    public Collection<String> possible() {
        return kept ? List.of() : words.values();
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
