package io.stapscope.syscalls;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Collects the memory that the forms of one call want, and lays it out. */
final class Fetches {
    /** What is wanted from one address. */
    private record Wish(boolean string, Length length) {}

    private final Map<Source, Wish> wishes = new LinkedHashMap<>();

    /** A string with its end, at most so many bytes. */
    void string(Source address, int most) {
        add(address, new Wish(true, Length.fixed(most)));
    }

    void bytes(Source address, Length length) {
        add(address, new Wish(false, length));
    }

    private void add(Source address, Wish wish) {
        wishes.merge(address, wish, (old, now) -> merge(address, old, now));
    }

    /** Forms of one call that want different things at one address. */
    private static Wish merge(Source address, Wish old, Wish now) {
        if (old.string() != now.string()
                || !Objects.equals(old.length().count(), now.length().count())) {
            throw new IllegalStateException("two ways to fetch " + address + ": " + old + " and " + now);
        }
        return old.length().most() >= now.length().most() ? old : now;
    }

    /** Areas that find no room any more are left out; they are written as addresses. */
    FetchPlan plan() {
        var areas = new ArrayList<FetchPlan.Area>();
        var places = new LinkedHashMap<Source, Integer>();
        int next = SnapshotLayout.AREAS;
        for (var wish : wishes.entrySet()) {
            var length = wish.getValue().length();
            int room = (length.most() + 7) & -8;
            if (areas.size() == SnapshotLayout.MOST_AREAS || next + room > SnapshotLayout.MOST_BYTES) {
                break;
            }
            int address = place(wish.getKey(), places);
            int count = length.count() == null ? 0 : place(length.count(), places);
            areas.add(new FetchPlan.Area(
                    address,
                    count,
                    length.narrow(),
                    length.element(),
                    length.most(),
                    next,
                    wish.getValue().string()));
            places.put(wish.getKey(), next);
            next += room;
        }
        return new FetchPlan(List.copyOf(areas), next, Map.copyOf(indexes(places)));
    }

    private static int place(Source source, Map<Source, Integer> places) {
        return switch (source) {
            case Source.Argument argument -> SnapshotLayout.ARGUMENTS + 8 * argument.index();
            case Source.Word word -> {
                var of = places.get(word.of());
                if (of == null) {
                    throw new IllegalStateException("memory behind " + word + " is fetched before " + word.of());
                }
                yield of + word.offset();
            }
        };
    }

    private static Map<Source, Integer> indexes(Map<Source, Integer> places) {
        var indexes = new LinkedHashMap<Source, Integer>();
        places.keySet().forEach(source -> indexes.put(source, indexes.size()));
        return indexes;
    }
}
