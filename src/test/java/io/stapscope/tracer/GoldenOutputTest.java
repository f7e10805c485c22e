package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.Compilation.Compiled;
import io.stapscope.compiler.Compilation.Rejected;
import io.stapscope.compiler.CompileOptions;
import io.stapscope.compiler.Compiler;
import io.stapscope.compiler.diagnostic.DiagnosticRenderer;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.host.RecordedHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Scripts write exactly what SystemTap's rules say. Expectations are worked out by hand, never pasted. */
class GoldenOutputTest {
    private static final Path ROOT = Path.of("src/test/resources/golden/output");

    @TestFactory
    Stream<DynamicContainer> scripts() {
        return files().map(file -> DynamicContainer.dynamicContainer(
                file.getFileName().toString(),
                cases(file).stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> check(one)))));
    }

    @Test
    void thereAreManyAndEachHasItsName() {
        var names = files().flatMap(file -> cases(file).stream().map(one -> file.getFileName() + " " + one.name()))
                .toList();
        assertThat(names).doesNotHaveDuplicates();
        assertThat(names.size()).isGreaterThanOrEqualTo(220);
    }

    private static void check(OutputCase one) throws Exception {
        assertThat(run(one)).as(one.whole()).isEqualTo(one.expected());
    }

    private static String run(OutputCase one) throws Exception {
        var source = new SourceText("script.stp", one.whole());
        var options = new CompileOptions(List.of(), false, null, one.limits());
        return switch (Compiler.compile(source, new RecordedHost(), options)) {
            case Compiled compiled -> run(one, compiled.plan());
            case Rejected rejected -> DiagnosticRenderer.render(rejected.diagnostics());
        };
    }

    private static String run(OutputCase one, Plan plan) throws Exception {
        var listener = new Written();
        var run = KernelTracer.forService(new RecordedHost()).start(plan, RunOptions.defaults(), listener);
        run.stop("the begin handlers are done");
        var result = run.result().get(20, TimeUnit.SECONDS);
        boolean failed = result.errors() > one.limits().maxErrors();
        return OutputCase.written(listener.out.toString(), listener.error.toString(), failed ? 1 : 0);
    }

    private static Stream<Path> files() {
        try (var files = Files.list(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".stp")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<OutputCase> cases(Path file) {
        try {
            return OutputCase.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Written implements RunListener {
        final StringBuffer out = new StringBuffer();
        final StringBuffer error = new StringBuffer();

        @Override
        public void output(Output output) {
            (output.stream() == Output.Stream.OUT ? out : error).append(output.text());
        }

        @Override
        public void window(Window window) {}

        @Override
        public void event(RunEvent event) {}
    }
}
