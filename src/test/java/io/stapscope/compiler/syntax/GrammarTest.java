package io.stapscope.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.DiagnosticRenderer;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.diagnostic.Severity;
import io.stapscope.compiler.source.SourceText;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of the language, one by one; what a form means is told by other tests. */
class GrammarTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "probe begin, end {}",
                "probe p = q {} probe p = q = r.s, t {}",
                "probe p += q { x = 1 }",
                "probe p = q { x = 1 }, { x = 2 }",
                "global x, y = 3, z = \"s\", a[100], b%, c%[10], d[5]%; global e",
                "global n = -5 global s = \"a\" /* glued */ \"b\"",
                "private x private global y, z[3] private function f() {}",
                "function f:long (a:long, b:string, c) :2 { return a }",
                "function f() {} function g:string() { return \"x\" }",
                "probe begin { } ; ; probe end { } ;",
            })
    void declarations(String text) {
        isRead(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin",
                "begin(-1)",
                "timer.s(0x10)",
                "syscall.*",
                "**",
                "a.**.b",
                "sys*call.*64, *.return",
                "process(\"a\" \"b\").function(\"f@*.c:10\").return.maxactive(5)",
                "process($1).syscall",
                "process(@2).begin",
                "kernel.{function(\"a\"), trace(\"b\")}.{call, {return, inline}}",
                "syscall.{read?, write!}",
                "a.b ?, c.d !, e",
                "begin if (x > 1), end if (y)",
                "kernel.function(\"x\").label(\"y\")",
                "procfs(\"a\").read.maxsize(100)",
                "module(\"m\").statement(0xffffffff81000000).absolute",
                "kernel.data(\"x\").rw, kernel.data(0x10).length(8).write",
                "python3.module(\"a\").function(\"b\").call",
                "never",
            })
    void probePoints(String points) {
        isRead("probe " + points + " { x = 1 }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";",
                "{ } { ; }",
                "if (a) b = 1",
                "if (a) ; else b = 1",
                "if (a) { } else if (b) { } else { }",
                "while (a) ;",
                "for (;;) break",
                "for (i = 0; i < 10; i++) continue",
                "for (; a; ) { }",
                "foreach (k in A) ;",
                "foreach (k+ in A) ;",
                "foreach ([a, b-] in A limit 10) ;",
                "foreach (v = k in A) ;",
                "foreach (v- = [a, b] in A) ;",
                "foreach ([a, b] in A- limit 2 * n) ;",
                "foreach ([a, b, c] in A[*, \"x\", *]) ;",
                "foreach (v = [a, b] in A[1, *] @sum- limit 5) ;",
                "foreach (k in A @variance+) ;",
                "foreach (b in @hist_log(s)) println(@hist_log(s)[b])",
                "foreach (b in @hist_linear(s[1], 0, 100, 10)) ;",
                "delete A",
                "delete A[1, \"x\"]",
                "delete A[*, 2];",
                "next",
                "next;",
                "try { a = 1 } catch { }",
                "try { try { } catch (m) { } } catch (msg) { println(msg) }",
                "a = 1 b = 2 c = 3",
                "a\n-b",
                "x\n(y)",
            })
    void statements(String text) {
        isRead("probe begin { " + text + " }");
        isRead("function f() { " + text + " return 1 }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = b = c",
                "s <<< 1",
                "s[a, b] <<< c + 1",
                "a += b -= 2",
                "a %= 2",
                "a .= \"x\"",
                "$x = 5",
                "$x->y = 5",
                "a ? b : c ? d : e",
                "a ? b = 1 : c",
                "a || b && c | d ^ e & f",
                "k in A",
                "[a, b] in A",
                "[*, 2] in A && !([1, *] in A)",
                "a =~ \"^x.*\" && b !~ \"y\" \"z\"",
                "a << 1 >> 2 >>> 3",
                "\"a\" . b . sprint(1 + 2)",
                "-a * !b / ~c % +d",
                "- -a - --b",
                "++a[1] + a[2]--",
                "&$x->y[1]",
                "&@cast(p, \"task_struct\")->pid",
                "&@var(\"x@y.c\", \"m\")",
                "@cast(p, \"task_struct\", \"kernel<linux/sched.h>\")->parent->pid",
                "@cast(p, \"int\")[3]",
                "@var(\"x\")->y$",
                "t->pid",
                "task_current()->files->fdt$$",
                "(a + b)->next",
                "A[1]->long",
                "$x->next->function->in->probe->return",
                "$x[1][a + 2]->y[3]$",
                "$$vars . $$parms$ . $$locals$$ . $$return",
                "$x$ . $x$$ . $x->y$ . $x[1]$$",
                "@defined($x->y) ? $x->y : 0",
                "@defined(@var(\"x\"))",
                "@entry(gettimeofday_us())",
                "@choose_defined($x, 0)",
                "@perf(\"x\")",
                "@const(\"EINTR\")",
                "@enum(\"X\")",
                "@enumname($x, \"t\", \"m\")",
                "@probewrite(x)",
                "@kregister(0) + @uregister(1)",
                "@kderef(8, $x) + @uderef(4, $y)",
                "@count(s) + @sum(s[1]) + @min(s) + @max(s) + @avg(s)",
                "@variance(s, 3) + @variance(s)",
                "@hist_log(s)[2] + @hist_linear(s, -10, 10, 1)[i]",
                "print(@hist_log(s))",
                "sprint(@hist_linear(s[1, 2], 0, 10, 1))",
                "println()",
                "printd(\"\", 1, \"a\")",
                "printf(\"%5.3d %-10s %m %M %#p %*d %% %c %b\\n\", 1, \"x\", p, p, q, 5, 6, 7, 8)",
                "sprintf(\"x\" \"y\" \"%d\", 1)",
                "f(a, b = 1, g())",
                "A[a, b + 1, \"c\"] = B[1]",
                "$1 + $#",
                "@1 . @#",
                "18446744073709551615 + 0xffffffffffffffff + 0777",
                "\"\\a\\b\\t\\n\\v\\f\\r\\\\\\101\\x41\\q\"",
            })
    void expressions(String text) {
        isRead("probe begin { x = (" + text + ") }");
        isRead("probe begin { " + text + " }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%{ int x; %} probe begin {}",
                "function f:long (a:long) %{ STAP_RETVALUE = 1; %} probe begin {}",
                "probe begin { %{ printk(\"x\"); %} }",
                "probe begin { x = %{ 5 %} }",
                "function f() { return %{ 5 %} } probe begin {}",
            })
    void embeddedCIsRefusedByName(String text) {
        assertThat(errors(text)).extracting(Diagnostic::code).containsOnly(DiagnosticCode.EMBEDDED_C_NOT_SUPPORTED);
    }

    private static void isRead(String text) {
        assertThat(errors(text))
                .as(() -> DiagnosticRenderer.render(errors(text)))
                .isEmpty();
    }

    private static List<Diagnostic> errors(String text) {
        var diagnostics = new Diagnostics();
        Parse.script(new SourceText("test.stp", text), Corpus.ARGUMENTS, diagnostics);
        return diagnostics.all().stream()
                .filter(each -> each.severity() == Severity.ERROR)
                .toList();
    }
}
