package io.stapscope.codegen;

import io.stapscope.codegen.layout.Align;
import io.stapscope.codegen.layout.TaskLayout.EntryBlock;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lays out what tasks remember between the entry and the return of a system call. A task is in one call at a time, so
 * handlers of different calls share their memory.
 */
final class EntryBlocks {
    private final StringWidths widths;
    private final Map<Integer, EntryBlock> byHandler = new LinkedHashMap<>();
    private final List<Room> rooms = new ArrayList<>();

    /** Memory of handlers that exclude each other. */
    private static final class Room {
        private final Set<Integer> numbers = new HashSet<>();
        private final List<Handler> handlers = new ArrayList<>();
        private int size;

        private boolean takes(List<Integer> wanted) {
            return !numbers.isEmpty() && !wanted.isEmpty() && wanted.stream().noneMatch(numbers::contains);
        }
    }

    EntryBlocks(StringWidths widths) {
        this.widths = widths;
    }

    void add(Handler handler) {
        if (handler.entries().isEmpty() || handler.point() instanceof ProbePoint.Code) {
            return;
        }
        var numbers = handler.point() instanceof ProbePoint.SystemCall call ? call.numbers() : List.<Integer>of();
        var room = rooms.stream().filter(one -> one.takes(numbers)).findFirst().orElse(null);
        if (room == null) {
            room = new Room();
            rooms.add(room);
        }
        room.numbers.addAll(numbers);
        room.handlers.add(handler);
        room.size = Math.max(room.size, place(handler, 0).end());
    }

    private record Placed(EntryBlock block, int end) {}

    private Placed place(Handler handler, int start) {
        int next = start + 8;
        var offsets = new ArrayList<Integer>();
        for (var entry : handler.entries()) {
            offsets.add(next);
            next += entry.type() == Type.LONG ? 8 : Align.toWords(widths.of(entry, handler));
        }
        return new Placed(new EntryBlock(start, offsets), next);
    }

    /** By id of the handler. */
    Map<Integer, EntryBlock> byHandler() {
        int start = 0;
        for (var room : rooms) {
            for (var handler : room.handlers) {
                byHandler.put(handler.id(), place(handler, start).block());
            }
            start += room.size;
        }
        return byHandler;
    }

    int size() {
        return rooms.stream().mapToInt(room -> room.size).sum();
    }
}
