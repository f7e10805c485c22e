package io.stapscope.syscalls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One system call: its name, what scripts may ask of it, and what is fetched for it. */
public final class SyscallDescription {
    /**
     * A variable of a system call.
     *
     * @param argument index of the register
     * @param part what of the argument it is
     * @param bytes of the register that count
     * @param signed whether they have a sign
     */
    public record Variable(String name, int argument, Part part, int bytes, boolean signed) {}

    /** What of an argument a variable is. */
    public enum Part {
        /** The value of the register. */
        NUMBER,
        /** As {@code strace} writes it. */
        TEXT,
        /** The bytes of a string without quotation marks. */
        BARE
    }

    private final String name;
    /** The first one is used when no condition of the others holds. */
    private final List<Prototype> forms;

    private final FetchPlan plan;
    private final List<Variable> variables;

    SyscallDescription(String name, List<Prototype> forms) {
        this.name = name;
        this.forms = List.copyOf(forms);
        var fetches = new Fetches();
        for (var form : forms) {
            form.arguments().forEach(argument -> argument.kind().fetch(fetches, argument.index()));
        }
        plan = fetches.plan();
        variables = List.copyOf(variables(forms.getFirst()));
    }

    private static List<Variable> variables(Prototype form) {
        var found = new ArrayList<Variable>();
        for (var argument : form.arguments()) {
            var name = argument.name();
            int index = argument.index();
            long value = argument.kind().value(-1);
            int bytes = value == -1 && argument.kind().value(Integer.MAX_VALUE + 1L) > 0 ? 8 : 4;
            var number = new Variable(name, index, Part.NUMBER, bytes, value == -1);
            switch (argument.kind().offer()) {
                case NOTHING -> {}
                case NUMBER -> found.add(number);
                case DESCRIBED -> {
                    found.add(number);
                    found.add(new Variable(base(name) + "_str", index, Part.TEXT, 8, true));
                }
                case STRING -> {
                    found.add(new Variable(name, index, Part.TEXT, 8, true));
                    found.add(new Variable(name + "_unquoted", index, Part.BARE, 8, true));
                    found.add(new Variable(name + "_uaddr", index, Part.NUMBER, 8, true));
                }
            }
        }
        return found;
    }

    private static String base(String name) {
        return name.endsWith("_uaddr") ? name.substring(0, name.length() - "_uaddr".length()) : name;
    }

    public String name() {
        return name;
    }

    public FetchPlan plan() {
        return plan;
    }

    /** What a script may ask of an entry, beside {@code name} and {@code argstr}. */
    public List<Variable> variables() {
        return variables;
    }

    public Optional<Variable> variable(String name) {
        return variables.stream()
                .filter(variable -> variable.name().equals(name))
                .findFirst();
    }

    /** Whether the kernel writes to where an argument points, so that the entry can tell its address only. */
    public boolean receives(int argument) {
        return forms.stream()
                .flatMap(form -> form.arguments().stream())
                .anyMatch(each -> each.index() == argument && each.kind() instanceof Arguments.Received);
    }

    public int argumentCount() {
        return forms.getFirst().arguments().size();
    }

    public ReturnKind returns() {
        return forms.getFirst().returns();
    }

    /** The value that scripts see of an argument's register. */
    long value(int argument, long register) {
        return forms.getFirst().arguments().get(argument).kind().value(register);
    }

    /** The form that a call has. */
    Prototype form(Call call) {
        return forms.stream()
                .filter(form ->
                        form.applies().isPresent() && form.applies().get().holds(call))
                .findFirst()
                .orElse(forms.getFirst());
    }

    List<Prototype> forms() {
        return forms;
    }
}
