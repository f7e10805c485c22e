package io.stapscope.compiler.analysis;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Spelling;
import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode.Suffix;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.host.ctype.CType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows {@code ->} and {@code []} through C types. One object follows one access. */
final class MemoryPaths {
    private final ExpressionNode base;
    private final Space space;
    private final List<MemoryPath.Step> steps = new ArrayList<>();
    private CType type;
    private final boolean inPlace;
    private boolean place;
    private int bitOffset;
    private int bitSize;
    private Span done;

    /** A path, or why there is none. */
    sealed interface Outcome {
        record Found(MemoryPath path) implements Outcome {}

        record Failed(Diagnostic reason) implements Outcome {}
    }

    private MemoryPaths(ExpressionNode base, Typed start, boolean inPlace) {
        this.base = base;
        this.inPlace = inPlace;
        this.place = inPlace;
        this.space = start.space();
        this.type = start.type();
        this.done = base.span();
    }

    /** @param start what the base stands for, null when nothing is known of it */
    static Outcome follow(ExpressionNode base, @Nullable Typed start, List<Suffix> suffixes) {
        var first = suffixes.isEmpty() ? null : suffixes.getFirst();
        if (start == null) {
            return new Outcome.Failed(untyped(base, first == null ? base.span() : first.span()));
        }
        return new MemoryPaths(base, start, false).walk(suffixes);
    }

    /** From where a variable lies in memory. @param start its type */
    static Outcome from(ExpressionNode base, Typed start, List<Suffix> suffixes) {
        return new MemoryPaths(base, start, true).walk(suffixes);
    }

    private Outcome walk(List<Suffix> suffixes) {
        for (var suffix : suffixes) {
            var problem =
                    switch (suffix) {
                        case Suffix.Member member -> member(member.name());
                        case Suffix.Subscript subscript -> subscript(subscript);
                        case Suffix.Pretty _ -> null;
                    };
            if (problem != null) {
                return new Outcome.Failed(problem);
            }
            if (!(suffix instanceof Suffix.Pretty)) {
                done = Span.covering(base.span(), suffix.span());
            }
        }
        return new Outcome.Found(new MemoryPath(base, inPlace, steps, place, type, space, bitOffset, bitSize));
    }

    private @Nullable Diagnostic member(Name name) {
        if (type instanceof CType.Pointer pointer) {
            follow();
            type = pointer.target();
        } else if (!(place && type instanceof CType.Struct)) {
            return notAPointer(name.span(), "has no members");
        }
        if (!(type instanceof CType.Struct struct)) {
            return notAPointer(name.span(), "points to no struct");
        }
        var member = struct.member(name.text()).orElse(null);
        if (member == null) {
            return unknownMember(struct, name);
        }
        steps.add(new MemoryPath.Step.Offset(member.offset()));
        go(member.type(), member.bitOffset(), member.bitSize());
        return null;
    }

    private @Nullable Diagnostic subscript(Suffix.Subscript subscript) {
        CType element;
        switch (type) {
            case CType.Array array when place -> element = array.element();
            case CType.Pointer pointer -> {
                follow();
                element = pointer.target();
            }
            default -> {
                return notAPointer(subscript.span(), "has no elements");
            }
        }
        if (element.size() == 0) {
            return Diagnostic.of(
                    DiagnosticCode.NOT_A_POINTER,
                    subscript.span(),
                    "`" + done.text() + "` points to " + element.name() + ", whose size is not known",
                    "how many bytes?",
                    "say what it points to: @cast(" + done.text() + ", \"int\")[0]");
        }
        steps.add(new MemoryPath.Step.Scaled(subscript.index(), element.size()));
        go(element, 0, 0);
        return null;
    }

    /** Goes from a place that keeps a pointer to where it points. */
    private void follow() {
        if (place) {
            steps.add(new MemoryPath.Step.Follow());
        }
    }

    private void go(CType to, int offset, int bits) {
        type = to;
        place = true;
        bitOffset = offset;
        bitSize = bits;
    }

    private static Diagnostic untyped(ExpressionNode base, Span where) {
        return Diagnostic.of(
                DiagnosticCode.NOT_A_POINTER,
                where,
                "nothing shows what `" + base.span().text() + "` points to",
                "a plain number",
                "say it: @cast(" + base.span().text() + ", \"task_struct\")->pid");
    }

    private Diagnostic notAPointer(Span where, String what) {
        return Diagnostic.of(
                DiagnosticCode.NOT_A_POINTER,
                where,
                "`" + done.text() + "` is of the type " + type.name() + ": it " + what,
                "not possible",
                "use the value itself, or @cast(...) when it is the address of something");
    }

    private Diagnostic unknownMember(CType.Struct struct, Name name) {
        var names = struct.flattened().stream().map(CType.Member::name).toList();
        var diagnostic = Diagnostic.of(
                DiagnosticCode.UNKNOWN_MEMBER,
                name.span(),
                struct.name() + " has no member `" + name.text() + "`"
                        + (space == Space.KERNEL ? " in this kernel" : ""),
                "unknown member");
        var nearest = Spelling.nearest(name.text(), names);
        if (nearest != null) {
            return diagnostic.suggesting(name.span(), nearest);
        }
        return diagnostic.withNote(names.isEmpty() ? "nothing is known of its members" : "it has " + few(names));
    }

    private static String few(List<String> names) {
        int shown = Math.min(8, names.size());
        var list = String.join(", ", names.subList(0, shown));
        return names.size() > shown ? list + " and " + (names.size() - shown) + " more" : list;
    }
}
