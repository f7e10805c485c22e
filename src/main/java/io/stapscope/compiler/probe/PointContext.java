package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import io.stapscope.host.program.Program;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of probe point offers to the bodies of its probes. Points whose contexts are equal offer the same, so that
 * they share one analysis of their body: an implementation has value equality.
 */
public interface PointContext {
    /** The variables with a dollar sign, in the order in which they are listed. */
    List<ContextVariable> variables();

    /**
     * Locals that have a value when the body begins: {@code name} and {@code argstr} of a system call. They are ordinary
     * locals, and set only where the body reads them.
     */
    default List<ContextVariable> locals() {
        return List.of();
    }

    /** What the entry of a call offers to {@code @entry(...)} at its return; null when this is no return. */
    default @Nullable PointContext entry() {
        return null;
    }

    /** Whether the memory of a user process can be read at the hit. */
    boolean hasUserMemory();

    /** Whether the body may set a variable that has a dollar sign. */
    default boolean isWritable(String name) {
        return false;
    }

    /** The program whose types and globals the body can name; null for those of the kernel alone. */
    default @Nullable Program program() {
        return null;
    }

    /** Whether a variable that only the entry of a call has means its value then. */
    default boolean keepsEntry() {
        return false;
    }

    /** What must be true of a hit for the body to run: a number; null when every hit counts. */
    default @Nullable ContextVariable guard() {
        return null;
    }

    /** A variable of the program that is no variable of the point. @param name {@code name} or {@code name@file.c} */
    default @Nullable ContextVariable global(String name) {
        return null;
    }

    /** The variables of a list, {@code $$vars} for instance, in their order. */
    default List<Listed> listed(String list) {
        return variables().stream()
                .filter(each -> each.type() == Type.LONG)
                .map(each -> new Listed(each.name().substring(1), each))
                .toList();
    }

    /**
     * A variable in a list.
     *
     * @param name without a dollar sign
     * @param variable null for one that cannot be read here
     */
    record Listed(String name, @Nullable ContextVariable variable) {}

    /** What is odd about a variable that can be read all the same, null for nothing. */
    default @Nullable Diagnostic remark(String name, Span span) {
        return null;
    }

    /** Why there is no variable of a name, and what to do. */
    Diagnostic missing(String name, Span span);

    default @Nullable ContextVariable variable(String name) {
        return find(variables(), name);
    }

    default @Nullable ContextVariable local(String name) {
        return find(locals(), name);
    }

    private static @Nullable ContextVariable find(List<ContextVariable> all, String name) {
        for (var each : all) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        return null;
    }
}
