package io.stapscope.compiler.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.service.Suggestion.Kind;
import io.stapscope.host.RecordedHost;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
    private static final EditorServices SERVICES = new EditorServices(new RecordedHost());

    @Test
    void aProbePointIsOfferedFromItsBeginning() {
        assertThat(labels("probe pro‸")).contains("process.begin", "process(\"PATH\").syscall.return");
        assertThat(complete("probe pro‸").from()).isEqualTo(6);
        assertThat(labels("global x\nprobe process.sys‸ { x = 1 }"))
                .contains("process.syscall", "process.syscall.return")
                .doesNotContain("process.begin");
    }

    @Test
    void aProbePointKeepsTheArgumentThatIsWritten() {
        assertThat(labels("probe process(\"/bin/my.sh\").sys‸"))
                .containsExactly("process(\"/bin/my.sh\").syscall", "process(\"/bin/my.sh\").syscall.return");
        assertThat(labels("probe process(12).be‸")).containsExactly("process(12).begin");
    }

    @Test
    void whatIsToBeFilledInIsMarked() {
        assertThat(applied("probe timer.ms‸")).contains("timer.ms(${N})");
        assertThat(applied("probe process(‸")).contains("process(\"${PATH}\").syscall", "process(${PID}).syscall");
    }

    @Test
    void eachPointOfAListIsCompleted() {
        var text = "probe begin, timer.‸ { }";
        assertThat(labels(text)).contains("timer.s(N)");
        assertThat(complete(text).from()).isEqualTo(text.indexOf("timer"));
        assertThat(labels("probe process.begin, process.{begin, thr‸}")).contains("thread.begin");
        assertThat(labels("probe mine = proc‸")).contains("process.begin");
        assertThat(labels("probe process.{begin,thread}.en‸")).contains(".end");
    }

    @Test
    void tracepointsAreFoundWithAndWithoutTheirGroup() {
        assertThat(labels("probe kernel.trace(\"sched_sw‸")).containsExactly("kernel.trace(\"sched:sched_switch\")");
        assertThat(labels("probe kernel.trace(\"sched:‸\")")).contains("kernel.trace(\"sched:sched_wakeup\")");
        assertThat(labels("probe kernel.‸")).contains("kernel.trace(\"irq:irq_handler_entry\")");
    }

    @Test
    void oneOfTwoHundredThousandPointsIsFoundAtOnce() {
        var names =
                IntStream.range(0, 200_000).mapToObj(i -> "point_" + i).collect(Collectors.toCollection(TreeSet::new));
        var services = new EditorServices(ManyTracepoints.host(names));
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long begin = System.nanoTime();
            var found =
                    services.complete("probe kernel.trace(\"point_19999", 31).items();
            best = Math.min(best, System.nanoTime() - begin);
            assertThat(found).hasSize(11);
        }
        assertThat(TimeUnit.NANOSECONDS.toMillis(best)).isLessThanOrEqualTo(100);
    }

    @Test
    void aliasesOfTheScriptAreOfferedToo() {
        assertThat(labels("// Mine.\nprobe mine.all = process.begin { x = 1 }\nprobe mi‸ { }"))
                .containsExactly("mine.all");
    }

    @Test
    void contextVariablesAreThoseOfThePoint() {
        assertThat(labels("probe process.syscall { x = $‸ }"))
                .contains("$syscall", "$arg6", "$$parms")
                .doesNotContain("$return");
        assertThat(labels("probe process.syscall.return { foo($re‸")).containsExactly("$return");
        assertThat(labels("probe process.{syscall,syscall.return} { $‸ }")).containsExactly("$syscall");
        assertThat(labels("probe begin { $‸ }")).isEmpty();
        assertThat(labels("probe mine = process.syscall.return { $‸ }")).contains("$return");
        assertThat(find("probe process.syscall { $$‸ }", "$$parms").detail()).isEqualTo("string");
    }

    @Test
    void membersAreThoseOfTheType() {
        assertThat(labels("probe kernel.trace(\"sched_switch\") { x = $next->‸ }"))
                .contains("pid", "comm", "se");
        assertThat(labels("probe kernel.trace(\"sched_switch\") { x = $next->p‸id }"))
                .contains("pid")
                .doesNotContain("comm");
        assertThat(labels("probe kernel.trace(\"sched_switch\") { p = $next\n printf(\"%d\", p->‸"))
                .contains("pid");
        assertThat(labels("probe kernel.trace(\"sched_switch\") { if ($next->se->‸"))
                .contains("vruntime");
        assertThat(labels("probe begin { x = @cast(1, \"task_struct\")->‸ }")).contains("pid");
        assertThat(find("probe kernel.trace(\"sched_switch\") { $next->‸ }", "se")
                        .detail())
                .isEqualTo("struct sched_entity");
        assertThat(labels("probe begin { x = y->‸ }")).isEmpty();
        assertThat(find("probe kernel.trace(\"sched_switch\") { $‸ }", "$next").detail())
                .isEqualTo("struct task_struct *");
    }

    @Test
    void variablesComeWithTheirTypes() {
        var text = """
                # How long calls took.
                global latency, name
                function twice:long (value:long) { return value * 2 }
                probe process.syscall.return {
                    started = @entry(gettimeofday_ns())
                    latency[pid(), execname()] <<< started
                    name = "x"
                    ‸
                }
                """;
        assertThat(find(text, "started").detail()).isEqualTo("long");
        assertThat(find(text, "latency").detail()).isEqualTo("[long, string] stats");
        assertThat(find(text, "latency").apply()).isEqualTo("latency[${}]");
        assertThat(find(text, "latency").documentation()).isEqualTo("How long calls took.");
        assertThat(find(text, "name").detail()).isEqualTo("string");
        assertThat(find(text, "twice").detail()).isEqualTo("twice:long (value:long)");
        assertThat(labels(text)).contains("$return", "foreach", "printf", "execname");
    }

    @Test
    void functionsComeWithSignatureAndDocumentation() {
        var execname = find("probe begin { x = exec‸", "execname");
        assertThat(execname.kind()).isEqualTo(Kind.FUNCTION);
        assertThat(execname.detail()).isEqualTo("execname:string ()");
        assertThat(execname.documentation()).startsWith("Name of the current thread");
        assertThat(execname.apply()).isEqualTo("execname()");
        assertThat(find("probe begin { pri‸", "printf").apply()).isEqualTo("printf(${})");
    }

    @Test
    void functionsOfTheLibraryComeWithTheCommentAboveThem() {
        var indent = find("probe begin { thread_ind‸", "thread_indent");
        assertThat(indent.detail()).startsWith("thread_indent:string (");
        assertThat(indent.documentation()).isNotEmpty();
        assertThat(labels("probe oneshot, ini‸ { }")).contains("init");
        assertThat(labels("probe begin { __ip‸")).isEmpty();
    }

    @Test
    void readyMadeLocalsOfASystemCallAreOffered() {
        assertThat(labels("probe syscall.write { printf(\"%s\", arg‸")).contains("argstr");
        assertThat(labels("probe syscall.write { x = ‸ }")).contains("name", "fd", "buf_uaddr");
        assertThat(labels("probe syscall.wri‸ { }")).contains("syscall.write", "syscall.write.return");
    }

    @Test
    void directivesAreOfferedInFormatsOnly() {
        assertThat(labels("probe begin { printf(\"%‸")).contains("%d", "%s", "%%");
        assertThat(labels("probe begin { printf(\"%d %-10‸\", 1) }"))
                .contains("%-10s")
                .doesNotContain("%-10%");
        assertThat(labels("probe begin { printf(\"%d‸")).isEmpty();
        assertThat(labels("probe begin { printf(\"%d\", \"%‸")).isEmpty();
        assertThat(labels("probe begin { println(\"%‸")).isEmpty();
    }

    @Test
    void operatorsAndDeclarationsAreOffered() {
        assertThat(labels("probe begin { x = @co‸ }")).containsExactly("@count", "@const");
        assertThat(labels("pr‸")).containsExactly("probe", "private");
        assertThat(labels("global x\npro‸")).containsExactly("probe");
        assertThat(labels("function f:‸")).containsExactly("long", "string");
        assertThat(labels("global on\nprobe begin if (o‸) { }")).containsExactly("on");
    }

    @Test
    void aMissingBraceAboveDoesNotHideTheNextProbe() {
        assertThat(labels("probe begin { if (1) { x = 1\nprobe process.sys‸")).contains("process.syscall");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// pro‸",
                "/* probe pro‸",
                "probe begin { x = \"exe‸",
                "probe begin { x = 12‸",
                "global la‸",
                "# ‸",
                "probe begin { x = \"a\\\"exe‸"
            })
    void nothingIsOfferedWhereNothingCanStand(String text) {
        assertThat(labels(text)).isEmpty();
    }

    @Test
    void everyBeginningOfAScriptCanBeCompleted() {
        var text = """
                @define big(n) %( @n > 10 %)
                global calls[100], total = 0
                function f:long (a:long, s:string) { try { return a } catch (e) { println(e) } }
                probe a = process("/bin/ls").{syscall,begin} ? if (total > 1), begin! { x = $arg1->y[1]$ } , { y = 2 }
                probe timer.s(1) { foreach ([p, n] in calls- limit 3) printf("%d %-5s\\n", p, n . "x") /* c */ }
                """;
        for (int offset = 0; offset <= text.length(); offset++) {
            assertThat(SERVICES.complete(text, offset).from()).isLessThanOrEqualTo(offset);
            SERVICES.complete(text.substring(0, offset), offset);
            SERVICES.hover(text, offset);
            SERVICES.definition(text, offset);
        }
    }

    private static Suggestions complete(String marked) {
        var cursor = Marked.of(marked);
        return SERVICES.complete(cursor.text(), cursor.offset());
    }

    private static List<String> labels(String marked) {
        return complete(marked).items().stream().map(Suggestion::label).toList();
    }

    private static List<String> applied(String marked) {
        return complete(marked).items().stream().map(Suggestion::apply).toList();
    }

    private static Suggestion find(String marked, String label) {
        return complete(marked).items().stream()
                .filter(item -> item.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError(label + " is not among " + labels(marked)));
    }
}
