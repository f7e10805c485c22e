package io.stapscope.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.ProbePoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of the article on user-space probes compile, with the points it shows. */
class ArticleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "probe process(\"pgsql/bin/postgres\").begin {printf(\"%s, %s, %d, %d\\n\", execname(), pp(), pid(), cpu()); exit();}",
                "probe process(\"/opt/pgsql/bin/postgres\").begin {printf(\"%s, %s, %d, %d\\n\", execname(), pp(), pid(), cpu()); exit();}",
                "probe process(\"/opt/pgsql/bin/postgres\").end {printf(\"%s, %s, %d, %d\\n\", execname(), pp(), pid(), cpu()); exit();}",
                "probe process(\"/opt/pgsql/bin/postgres\").syscall { printf(\"%s, %d, %s, %d, %d, %d\\n\", execname(), $syscall, pp(), pid(), cpu(), $arg1); } probe timer.s(1) { exit(); }",
                "probe process(\"/opt/pgsql/bin/postgres\").syscall.return { printf(\"%s, %d, %s, %d, %d, %d\\n\", execname(), $syscall, pp(), pid(), cpu(), $return); } probe timer.s(1) { exit(); }",
                "probe process(1234).thread.begin, process.thread.end { log(pp() . \" \" . execname()) }",
            })
    void itsScriptsCompileForTheKernel(String script) {
        var plan = Compile.plan(script);
        assertThat(plan.handlers())
                .filteredOn(handler -> handler.point() instanceof ProbePoint.Process)
                .isNotEmpty()
                .allMatch(handler -> handler.place() == Handler.Place.KERNEL);
    }

    @Test
    void relativeAndAbsolutePathsGiveTheSameText() {
        var plan = Compile.plan(
                "probe process(\"pgsql/bin/postgres\").begin, process(\"/opt/pgsql/bin/postgres\").begin { exit() }");
        assertThat(plan.handlers())
                .extracting(handler -> handler.point().text())
                .containsExactly(
                        "process(\"/opt/pgsql/bin/postgres\").begin", "process(\"/opt/pgsql/bin/postgres\").begin");
    }
}
