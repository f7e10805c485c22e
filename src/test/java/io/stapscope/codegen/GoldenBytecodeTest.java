package io.stapscope.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stapscope.bpf.Disassembler;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.ProbePoint.Event;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import io.stapscope.interpreter.Ir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A few tiny handlers and the instructions they become. To write the texts anew, run it with
 * {@code -Dgolden.update=true} and review the difference like code.
 */
class GoldenBytecodeTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/bytecode");

    private final Script script = new Script();

    @Test
    void countingCallsOfOneProgram() throws IOException {
        var count = script.scalar();
        script.on(Event.SYSCALL, new Target.Executable("/usr/bin/ls", 0x800001, 11), Ir.add(count, Ir.number(1), null));
        check("count");
    }

    @Test
    void printingFromOneProcess() throws IOException {
        script.on(Event.BEGIN, new Target.Pid(1234), Ir.print(Script.context(ContextValue.TID)));
        check("print");
    }

    @Test
    void leavingByASoftError() throws IOException {
        var quotient = Ir.binary(Expression.BinaryOperator.DIVIDE, Ir.number(1), new Expression.Argument(Ir.HERE, 1));
        var count = script.scalar();
        script.on(Event.SYSCALL, new Target.Executable("/usr/bin/ls", 0x800001, 11), Ir.set(count, quotient));
        check("soft-error");
    }

    @Test
    void samePlanGivesSameInstructions() {
        var statistic = script.statistic(16, Type.LONG);
        script.on(
                Event.SYSCALL,
                new Target.Everyone(),
                Ir.feed(statistic, Ir.number(1), Script.context(ContextValue.PID)));
        var plan = script.plan();
        assertThat(CodeGenerator.generate(plan, new FixedHost()))
                .isEqualTo(CodeGenerator.generate(plan, new FixedHost()));
    }

    @Test
    void whatOnlyUserSpaceCanDoIsRefusedWithItsPlace() {
        var array = script.array(16, Type.LONG);
        script.on(Event.SYSCALL, new Target.Everyone(), Ir.foreach(array, List.of(), null, null));
        var plan = script.plan();
        assertThatThrownBy(() -> CodeGenerator.generate(plan, new FixedHost()))
                .isInstanceOf(UnsupportedInKernelException.class)
                .hasMessage("`foreach` cannot run in the kernel");
    }

    @Test
    void aHandlerTooLargeForOneProgramIsRefused() {
        var statistic = script.statistic(16, Type.LONG);
        var feed = Ir.feed(statistic, Ir.number(1), Script.context(ContextValue.PID));
        script.on(
                Event.SYSCALL,
                new Target.Everyone(),
                Collections.nCopies(400, feed).toArray(Statement[]::new));
        var plan = script.plan();
        assertThatThrownBy(() -> CodeGenerator.generate(plan, new FixedHost()))
                .isInstanceOf(UnsupportedInKernelException.class)
                .hasMessageContaining("instructions cannot run in the kernel");
    }

    private void check(String name) throws IOException {
        var printed = new StringBuilder();
        for (var program :
                CodeGenerator.generate(script.plan(), new FixedHost()).programs()) {
            printed.append(program.name()).append(":\n").append(Disassembler.print(program.instructions()));
        }
        var file = FOLDER.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, printed);
        }
        assertThat(printed.toString()).isEqualTo(Files.readString(file));
    }
}
