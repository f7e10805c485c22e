package io.stapscope.codegen;

import io.stapscope.bpf.ProgramSpec.AttachSpec.Place;
import io.stapscope.codegen.ProgramWriter.Part;
import io.stapscope.compiler.ir.ProbePoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The places in a program's code that one BPF program is attached to: those of all its handlers. The cookie of a hit is the
 * index of its place here; each handler counts its own places.
 */
final class CodePlaces {
    /** @param turn tells apart places of one handler that are at the same instruction, as those of two names of a function */
    private record Key(long offset, long semaphore, int turn) {}

    private final Map<Key, Integer> indexes = new LinkedHashMap<>();
    private final Map<Integer, int[]> ofHandlers = new HashMap<>();

    private CodePlaces() {}

    static CodePlaces of(List<Part> parts) {
        var places = new CodePlaces();
        for (var part : parts) {
            if (part.point() instanceof ProbePoint.Code code) {
                places.add(part.handler().id(), code);
            }
        }
        return places;
    }

    private void add(int handler, ProbePoint.Code code) {
        var turns = new HashMap<Long, Integer>();
        var own = new int[code.sites().size()];
        for (int i = 0; i < own.length; i++) {
            var site = code.sites().get(i);
            int turn = turns.merge(site.offset(), 1, Integer::sum);
            var key = new Key(site.offset(), site.semaphoreOffset(), turn);
            own[i] = indexes.computeIfAbsent(key, _ -> indexes.size());
        }
        ofHandlers.put(handler, own);
    }

    int size() {
        return indexes.size();
    }

    List<Place> places() {
        var all = new ArrayList<Place>();
        indexes.forEach((key, index) -> all.add(new Place(key.offset(), key.semaphore(), index)));
        return all;
    }

    /** The same handlers with the cookies they want; null for all. */
    List<Part> numbered(List<Part> parts) {
        return parts.stream()
                .map(part -> new Part(part.handler(), part.point(), part.remembers(), wanted(part)))
                .toList();
    }

    private @Nullable Set<Integer> wanted(Part part) {
        var own = ofHandler(part.handler().id());
        if (own.length == size()) {
            return null;
        }
        var wanted = new TreeSet<Integer>();
        for (int index : own) {
            wanted.add(index);
        }
        return wanted;
    }

    /** Cookies of the places of a handler, in its order. */
    int[] ofHandler(int handler) {
        var own = ofHandlers.get(handler);
        if (own == null) {
            throw new IllegalStateException("handler " + handler + " is not in this program");
        }
        return own;
    }
}
