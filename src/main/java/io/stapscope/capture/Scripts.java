package io.stapscope.capture;

import io.stapscope.codegen.CodeGenerator;
import io.stapscope.codegen.Listing;
import io.stapscope.codegen.UnsupportedInKernelException;
import io.stapscope.compiler.Compilation;
import io.stapscope.compiler.CompileOptions;
import io.stapscope.compiler.Compiler;
import io.stapscope.compiler.ProbeCatalog;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.service.EditorServices;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.host.Host;
import io.stapscope.host.KernelTypes.MissingTypeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles scripts for this host. */
@ApplicationScoped
public class Scripts {
    private static final String SHELL_SIGNS = "|&;<>(){}";

    private final Host host;

    Scripts(Host host) {
        this.host = host;
    }

    /**
     * Compiles a text.
     *
     * @param pid target process, 0 for none
     */
    Compilation compile(String text, List<String> arguments, int pid, @Nullable String command) {
        var options = new CompileOptions(arguments, pid != 0 || command != null, commandPath(command), Limits.DEFAULT);
        return Compiler.compile(new SourceText("<input>", text), host, options);
    }

    /** Says what the text would do here. */
    public ScriptCheck check(String text, List<String> arguments, int pid, @Nullable String command) {
        return ScriptCheck.of(compile(text, arguments, pid, command));
    }

    /** The programs that the text becomes, which are not loaded. */
    public ScriptListing listing(String text, List<String> arguments, int pid, @Nullable String command) {
        return switch (compile(text, arguments, pid, command)) {
            case Compilation.Rejected(var diagnostics) -> new ScriptListing.Rejected(diagnostics);
            case Compilation.Compiled(var plan, var _) -> {
                try {
                    yield new ScriptListing.Compiled(Listing.of(CodeGenerator.generate(plan, host), plan.script()));
                } catch (UnsupportedInKernelException | MissingTypeException e) {
                    yield new ScriptListing.Refused(String.valueOf(e.getMessage()));
                }
            }
        };
    }

    /** Answers to an editor about scripts for this host. */
    public EditorServices editor() {
        return new EditorServices(host);
    }

    /** Probe points that begin with {@code prefix}. */
    public List<ProbeForm> probes(String prefix) {
        return ProbeCatalog.list(prefix).stream()
                .map(pattern -> new ProbeForm(pattern.text(), pattern.documentation()))
                .toList();
    }

    /** The points of this host that a pattern stands for, sorted, one more than {@code limit} when there are more. */
    public List<ProbeForm> pointsHere(String pattern, int limit) {
        return ProbeCatalog.list(pattern, host).stream()
                .limit(limit + 1L)
                .map(point -> new ProbeForm(point.text(), point.documentation()))
                .toList();
    }

    /** What the body of a probe at a point of this host may read; empty for a point that does not exist. */
    public List<ProbeVariable> variables(String point) {
        return ProbeCatalog.variables(point, host).stream()
                .map(variable -> new ProbeVariable(variable.name(), variable.type()))
                .toList();
    }

    /** A variable with its dollar signs, and its type as C has it where that is known. */
    public record ProbeVariable(String name, String type) {}

    /** A form of probe point and what it is for. */
    public record ProbeForm(String text, String documentation) {}

    /** SystemTap fills in a missing PATH only from a plain command, without anything a shell would interpret. */
    private static @Nullable String commandPath(@Nullable String command) {
        if (command == null || command.isBlank() || command.chars().anyMatch(c -> SHELL_SIGNS.indexOf(c) >= 0)) {
            return null;
        }
        return command.strip().split("\\s+", 2)[0];
    }
}
