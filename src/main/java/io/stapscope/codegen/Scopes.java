package io.stapscope.codegen;

import io.stapscope.bpf.Label;
import io.stapscope.bpf.Register;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.type.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the locals of the handler and of the functions written into it lie. */
final class Scopes {
    /**
     * One handler or one inlined call.
     *
     * @param places by index of the local
     * @param end where {@code next} or {@code return} goes
     * @param result takes what the function returns, null when nobody reads it
     * @param depth of {@link Unwinding} when it began
     */
    record Scope(
            @Nullable Function function,
            Map<Integer, Place.Direct> places,
            Label end,
            @Nullable Local result,
            int depth) {}

    private final Emitter emitter;
    private final Deque<Scope> open = new ArrayDeque<>();
    private boolean unknownToVerifier;

    Scopes(Emitter emitter) {
        this.emitter = emitter;
    }

    /**
     * @param loops whether the handler loops: then its locals go to memory whose contents the verifier does not follow,
     *     so that one turn of a loop looks like the next
     */
    void openHandler(List<Local> locals, Label end, boolean loops) {
        unknownToVerifier = loops;
        open.push(new Scope(null, places(locals), end, null, 0));
        clear(locals, 0);
    }

    Scope openFunction(Function function, Label end, @Nullable Local result) {
        return new Scope(function, places(function.locals()), end, result, emitter.unwinding.depth());
    }

    /** Makes a prepared scope current; locals that are no parameters start as 0 or "". */
    void enter(Scope scope, Function function) {
        open.push(scope);
        clear(function.locals(), function.parameters());
    }

    void close() {
        open.pop();
    }

    Scope current() {
        return open.element();
    }

    /** Place of a local of whoever called the current function. */
    Place.Direct placeInCaller(Local local) {
        var scopes = open.iterator();
        scopes.next();
        return place(scopes.next(), local);
    }

    /** Calls under way, for the limit on nesting. */
    int calls() {
        return open.size() - 1;
    }

    /** The handler itself, however deep in calls. */
    Scope handler() {
        return open.getLast();
    }

    Place.Direct place(Local local) {
        return place(current(), local);
    }

    static Place.Direct place(Scope scope, Local local) {
        var place = scope.places().get(local.index());
        if (place == null) {
            throw new IllegalStateException("local " + local.name() + " has no place");
        }
        return place;
    }

    private Map<Integer, Place.Direct> places(List<Local> locals) {
        var places = new HashMap<Integer, Place.Direct>();
        for (var local : locals) {
            boolean scratch = unknownToVerifier || local.type() != Type.LONG;
            var frame = emitter.frame;
            places.put(local.index(), scratch ? frame.allocateScratch(local.width()) : frame.allocate(local.width()));
        }
        return places;
    }

    private void clear(List<Local> locals, int from) {
        for (var local : locals.subList(from, locals.size())) {
            // An empty string is its NUL; a word of zeros also covers the number.
            emitter.store(place(local), 0);
        }
    }

    /** {@code to = local}, a number. */
    void load(Register to, Local local) {
        emitter.load(to, place(local));
    }
}
