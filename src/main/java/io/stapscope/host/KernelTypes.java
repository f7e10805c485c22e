package io.stapscope.host;

import io.stapscope.host.ctype.CType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The running kernel's own types (BTF). */
public interface KernelTypes {
    /**
     * Byte offset of a member, through anonymous structs and unions.
     *
     * @param path members from the struct inwards, each a struct member by value: {@code offset("file", "f_path", "dentry")}
     * @throws MissingTypeException when the kernel has no such struct or member
     */
    int offset(String struct, String... path);

    boolean hasMember(String struct, String member);

    /** Names of all raw tracepoints (typedefs {@code btf_trace_NAME}). */
    Set<String> tracepoints();

    /** Parameters of a raw tracepoint after the first {@code void *}, as printed types; empty when it does not exist. */
    List<String> tracepointParameters(String tracepoint);

    /** Id of the typedef {@code btf_trace_NAME}. @throws MissingTypeException when absent */
    int tracepointTypeId(String tracepoint);

    /** Id of a kernel function that BPF programs may call. @throws MissingTypeException when absent */
    int functionId(String name);

    boolean hasFunction(String name);

    /**
     * What a name written in a script means: {@code task_struct}, {@code struct task_struct *}, {@code unsigned long}, or
     * the name of a typedef; empty when the kernel has none of this name.
     */
    Optional<CType> type(String written);

    /** What a raw tracepoint hands over, in order; names are {@code arg1} and so on where the kernel does not say. */
    List<TracepointParameter> tracepointArguments(String tracepoint);

    /** Value of a constant of an enumeration. */
    OptionalLong enumerator(String name);

    /** Groups of tracepoints ({@code sched} of {@code sched_switch}) by tracepoint; empty where the kernel hides them. */
    Map<String, String> tracepointSystems();

    /** The kernel has no type, member or function of this name. */
    final class MissingTypeException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public MissingTypeException(String what) {
            super(what);
        }
    }
}
