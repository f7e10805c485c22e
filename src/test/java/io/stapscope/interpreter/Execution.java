package io.stapscope.interpreter;

import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Statement;
import java.util.ArrayList;
import java.util.List;

/** One handler run against globals in memory, and everything it left behind. */
final class Execution implements Console {
    final StringBuilder printed = new StringBuilder();
    final List<String> warnings = new ArrayList<>();
    final MemoryGlobals globals;
    Outcome outcome = new Outcome.Completed();

    private Execution(List<Global> globals) {
        this.globals = new MemoryGlobals(globals);
    }

    static Execution of(List<Global> globals, List<Local> locals, Statement... body) {
        return of(globals, List.of(), Ir.handler(locals, body));
    }

    static Execution of(List<Global> globals, List<Function> functions, Handler handler) {
        var execution = new Execution(globals);
        var plan = Ir.plan(globals, functions, handler);
        var interpreter = new Interpreter(plan, execution.globals, execution, new SessionFacts(77, () -> 1_000_000L));
        execution.outcome = interpreter.run(handler, new Hits());
        return execution;
    }

    @Override
    public void print(String text) {
        printed.append(text);
    }

    @Override
    public void warn(String message) {
        warnings.add(message);
    }

    @Override
    public void system(String command) {
        printed.append("system ").append(command);
    }

    @Override
    public void kernelLog(long level, String message) {
        printed.append("log ").append(level).append(' ').append(message);
    }

    @Override
    public void signal(long number, long pid, long nanos) {
        printed.append("signal ").append(number).append(' ').append(pid);
    }

    /** The number of a context value is its ordinal, its text its name. */
    private static final class Hits implements HitContext {
        @Override
        public long number(ContextValue value) {
            return value.ordinal();
        }

        @Override
        public String text(ContextValue value) {
            return value.name();
        }

        @Override
        public long argument(int number) {
            return number * 100L;
        }
    }
}
