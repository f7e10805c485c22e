package io.stapscope.host;

import io.stapscope.host.ctype.CType;
import io.stapscope.host.ctype.CType.IntKind;
import io.stapscope.host.ctype.CType.Member;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A few kernel types and tracepoints, always the same. */
final class FewStructs {
    private static final CType CHAR = new CType.Int("char", 1, true, IntKind.CHARACTER);
    private static final CType BOOL = new CType.Int("bool", 1, false, IntKind.BOOLEAN);
    private static final CType INT = CType.number("int", 4, true);
    private static final CType UNSIGNED = CType.number("unsigned int", 4, false);
    private static final CType LONG = CType.number("long", 8, true);
    private static final CType U64 = CType.number("u64", 8, false);
    private static final CType COMM = new CType.Array("char[16]", CHAR, 16);

    private static final Supplier<List<Member>> ENTITY_MEMBERS =
            parts(whole("vruntime", U64, 0), whole("weights", new CType.Array("int[4]", INT, 4), 8));
    private static final CType ENTITY = new CType.Struct("struct sched_entity", 24, false, ENTITY_MEMBERS);
    private static final CType.Struct ANONYMOUS =
            new CType.Struct("union {...}", 8, true, parts(whole("exit_code", INT, 0), whole("exit_word", U64, 0)));
    private static final Supplier<List<Member>> TASK_MEMBERS = FewStructs::taskMembers;
    private static final CType.Struct TASK = new CType.Struct("struct task_struct", 256, false, TASK_MEMBERS);
    private static final CType STATE = new CType.Enumeration(
            "enum few_states",
            4,
            false,
            () -> List.of(new CType.Constant("FEW_RUNNING", 0), new CType.Constant("FEW_DEAD", 16)));

    private static final CType TASK_POINTER = new CType.Pointer("struct task_struct *", 8, () -> TASK);
    private static final Map<String, CType> BY_NAME = Map.of(
            "task_struct", TASK,
            "struct task_struct", TASK,
            "struct task_struct *", TASK_POINTER,
            "struct sched_entity", ENTITY,
            "sched_entity", ENTITY,
            "enum few_states", STATE,
            "unsigned long", CType.number("unsigned long", 8, false),
            "int", INT,
            "char", CHAR);

    static final Map<String, String> SYSTEMS =
            Map.of("sched_switch", "sched", "sched_wakeup", "sched", "irq_handler_entry", "irq");
    static final Map<String, List<TracepointParameter>> TRACEPOINTS = Map.of(
            "sched_switch",
            List.of(
                    new TracepointParameter("preempt", BOOL),
                    new TracepointParameter("prev", TASK_POINTER),
                    new TracepointParameter("next", TASK_POINTER),
                    new TracepointParameter("prev_state", UNSIGNED)),
            "sched_wakeup",
            List.of(new TracepointParameter("p", TASK_POINTER)),
            "irq_handler_entry",
            List.of(
                    new TracepointParameter("irq", INT),
                    new TracepointParameter(
                            "action", new CType.Pointer("void *", 8, () -> new CType.Incomplete("void", "void")))));

    private FewStructs() {}

    static Optional<CType> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static OptionalLong enumerator(String name) {
        return name.equals("FEW_DEAD") ? OptionalLong.of(16) : OptionalLong.empty();
    }

    private static List<Member> taskMembers() {
        return List.of(
                whole("__state", UNSIGNED, 0),
                whole("flags", UNSIGNED, 4),
                new Member("in_execve", UNSIGNED, 8, 0, 1),
                new Member("policy", INT, 8, 1, 3),
                whole("pid", INT, 12),
                whole("tgid", INT, 16),
                whole("real_parent", TASK_POINTER, 24),
                whole("comm", COMM, 32),
                whole("se", ENTITY, 48),
                whole("", ANONYMOUS, 72),
                whole("state", STATE, 80),
                whole("start_time", U64, 88),
                whole("nice", LONG, 96),
                whole("argv", new CType.Pointer("char *", 8, () -> CHAR), 104),
                whole("weight", new CType.Floating("double", 8), 112));
    }

    private static Member whole(String name, CType type, long offset) {
        return new Member(name, type, offset, 0, 0);
    }

    private static Supplier<List<Member>> parts(Member... members) {
        return () -> List.of(members);
    }
}
