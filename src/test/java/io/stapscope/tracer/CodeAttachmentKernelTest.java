package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stapscope.codegen.Functions;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.CodeSite;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.host.Host;
import io.stapscope.host.program.Function;
import io.stapscope.host.program.Program;
import io.stapscope.host.program.Site;
import io.stapscope.interpreter.Ir;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(60)
class CodeAttachmentKernelTest {
    private static final int A = 5;
    private static final long FAR_AWAY = 0x10_000_000;

    private final Functions functions = Functions.build();

    /** Every function begins where the symbols say, and nothing else is known. */
    private Program program(ProbePoint.Code point) {
        var starts = Set.of(functions.address("push_first"), functions.address("nop_first"), FAR_AWAY);
        var all = starts.stream()
                .map(start -> new Function(
                        "f",
                        "f",
                        "",
                        0,
                        true,
                        false,
                        List.of(new Function.Place(start, start, start + 8, false)),
                        null))
                .toList();
        return (Program) Proxy.newProxyInstance(
                Program.class.getClassLoader(),
                new Class<?>[] {Program.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "device" -> point.device();
                    case "inode" -> point.inode();
                    case "machine" -> "x86_64";
                    case "functions" -> all;
                    case "linkage" -> List.of();
                    case "site" ->
                        starts.contains(arguments[0])
                                ? new Site.At((long) arguments[0], (long) arguments[0], Site.Cost.EMULATED)
                                : new Site.Refused("it is inside an instruction");
                    case "returnProblem" -> null;
                    case "isLikeEntry" -> arguments[0].equals(arguments[1]);
                    case "hashCode" -> 1;
                    case "equals" -> proxy == arguments[0];
                    default -> throw new IllegalStateException(method.getName());
                });
    }

    private Host host(Program program) {
        return (Host) Proxy.newProxyInstance(
                Host.class.getClassLoader(), new Class<?>[] {Host.class}, (_, method, arguments) -> {
                    if (method.getName().equals("program")) {
                        return new Host.ProgramLookup.Read(program);
                    }
                    try {
                        return method.invoke(Traced.HOST, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Plan plan(ProbePoint point) {
        var handler = new Handler(
                0,
                Ir.HERE,
                point,
                Handler.Place.KERNEL,
                List.of(),
                List.of(),
                List.of(),
                Ir.block(Ir.print(Ir.text("hit"), new Expression.Register(Ir.HERE, A), Ir.text("\n"))));
        return new Plan(Ir.HERE.source(), List.of(), List.of(), List.of(handler), Limits.DEFAULT);
    }

    private static List<String> hits(Traced run) {
        return run.lines().stream()
                .map(line -> line.replace(" ", ""))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private ProbePoint.Code point(CodeSite... sites) {
        return functions.point(false, new Target.Everyone(), sites);
    }

    @Test
    void aRefusedPlaceIsListedAndTheOthersAreProbed() throws TraceException {
        var far = new CodeSite("far away", "far", FAR_AWAY, FAR_AWAY, FAR_AWAY, 0);
        var point = point(
                functions.site("push_first", 0), functions.site("nop_first", 2), far, functions.site("nop_first", 0));
        try (var run = Traced.start(host(program(point)), plan(point))) {
            functions.run("calls", "5", "1");
            run.stop();

            assertThat(hits(run)).hasSize(10).contains("hit0", "hit4");
            assertThat(run.errors())
                    .contains("2 places are left out")
                    .contains("function(\"nop_first\") (it is inside an instruction)")
                    .contains("far away (the kernel refuses it with EINVAL)");
            assertThat(run.events()).anySatisfy(event -> {
                assertThat(event.kind()).isEqualTo("left_out");
                assertThat(event.text()).contains("far away");
            });
            assertThat(run.events()).anySatisfy(event -> assertThat(event.text())
                    .isEqualTo("attached 1 probe by 1 program at 2 places in code"));
        }
    }

    @Test
    void aReturnIsRefusedWhereNoFunctionBegins() throws TraceException {
        var inside = functions.site("push_first", 1);
        var point = functions.point(true, new Target.Everyone(), inside, functions.site("nop_first", 0));
        try (var run = Traced.start(host(program(point)), plan(point))) {
            functions.run("calls", "5", "1");
            run.stop();

            assertThat(hits(run)).hasSize(5);
            assertThat(run.errors()).contains("1 place is left out").contains("no function begins there");
        }
    }

    @Test
    void aFileThatWasReplacedIsNotProbed() throws IOException {
        var point = point(functions.site("push_first", 0));
        var copy = functions.program.resolveSibling("copy");
        Files.copy(functions.program, copy);
        Files.move(copy, functions.program, StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> Traced.start(host(program(point)), plan(point)))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("is no longer the file that the script was compiled for");
    }

    @Test
    void aFileThatIsWrittenToLosesItsProbesAtOnce() throws IOException, TraceException {
        var point = point(functions.site("push_first", 0));
        try (var run = Traced.start(host(program(point)), plan(point))) {
            functions.run("calls", "1", "1");
            try (var file = new RandomAccessFile(functions.program.toFile(), "rw")) {
                file.seek(file.length());
                file.write(0);
            }
            run.awaitErrors(text -> text.contains("was written to: its probes are gone"));
            functions.run("calls", "1", "1");
            run.stop();

            assertThat(hits(run)).containsExactly("hit0");
        }
    }

    @Test
    void aFileThatIsReplacedWhileItIsProbedIsTold() throws IOException, TraceException {
        var point = point(functions.site("push_first", 0));
        try (var run = Traced.start(host(program(point)), plan(point))) {
            var copy = functions.program.resolveSibling("copy");
            Files.copy(functions.program, copy);
            Files.move(copy, functions.program, StandardCopyOption.REPLACE_EXISTING);
            run.awaitErrors(text -> text.contains("was replaced: processes that run the old file stay probed"));
            run.awaitErrors(text -> text.contains("is not probed (the script does not compile for it)"));
        }
    }

    @Test
    void aRunThatIsOverLeavesNoBreakpoint() throws IOException, TraceException {
        var process = new ProcessBuilder(functions.program.toString(), "lines").start();
        try {
            var point = point(functions.site("push_first", 0));
            step(process);
            int before = firstByte(process);
            try (var run = Traced.start(host(program(point)), plan(point))) {
                assertThat(firstByte(process)).isEqualTo(0xcc);
                step(process);
                run.stop();
                assertThat(hits(run)).containsExactly("hit0");
            }
            assertThat(firstByte(process)).isEqualTo(before).isEqualTo(0x55);
        } finally {
            process.destroy();
        }
    }

    /** A process that probes a program until its input ends. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            var functions = Functions.of(Path.of(arguments[0]));
            var point = functions.point(true, new Target.Everyone(), functions.site("push_first", 0));
            try (var run = Traced.start(Traced.HOST, plan(point))) {
                System.out.println("ready");
                System.in.read();
                run.stop();
            }
        }
    }

    @Test
    void aTracerThatIsKilledLeavesNoBreakpoint() throws IOException, InterruptedException {
        var process = new ProcessBuilder(functions.program.toString(), "lines").start();
        var tracer = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        functions.program.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(new String(tracer.getInputStream().readNBytes(5), StandardCharsets.UTF_8))
                    .isEqualTo("ready");
            step(process);
            assertThat(firstByte(process)).isEqualTo(0xcc);

            tracer.destroyForcibly().waitFor();

            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while (firstByte(process) == 0xcc && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(firstByte(process)).isEqualTo(0x55);
            step(process);
        } finally {
            tracer.destroyForcibly();
            process.destroy();
        }
    }

    private static void step(Process process) throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        assertThat(process.getInputStream().readNBytes(3)).containsExactly('1', '0', '\n');
    }

    /** Of the function in the memory of the process. */
    private int firstByte(Process process) throws IOException {
        var first =
                Files.readAllLines(Path.of("/proc/" + process.pid() + "/maps")).getFirst();
        long base = Long.parseLong(first.substring(0, first.indexOf('-')), 16);
        try (var memory = new RandomAccessFile("/proc/" + process.pid() + "/mem", "r")) {
            memory.seek(base + functions.address("push_first"));
            return memory.read();
        }
    }
}
