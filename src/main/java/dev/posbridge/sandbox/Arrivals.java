package dev.posbridge.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Things in order of arrival, read in pages so that a million of them can be streamed while more arrive. */
final class Arrivals<T> {
    private final List<T> things = new ArrayList<>();

    void add(T thing) {
        things.add(thing);
    }

    int size() {
        return things.size();
    }

    <R> List<R> page(int from, int limit, Function<T, R> view) {
        int until = Math.min(things.size(), from + limit);
        return from >= until
                ? List.of()
                : things.subList(from, until).stream().map(view).toList();
    }

    void clear() {
        things.clear();
    }
}
