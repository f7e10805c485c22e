package io.stapscope.compiler.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.host.RecordedHost;
import org.junit.jupiter.api.Test;

class HoverTest {
    private static final EditorServices SERVICES = new EditorServices(new RecordedHost());

    @Test
    void aBuiltInFunctionShowsItsSignature() {
        var hover = hover("probe begin { x = exec‸name() }");
        assertThat(hover.code()).isEqualTo("execname:string ()");
        assertThat(hover.documentation()).contains("current thread");
        assertThat(hover("probe begin { pri‸ntf(\"x\") }").code()).isEqualTo("printf (format, value, ...)");
    }

    @Test
    void variablesShowTheirTypes() {
        var script = "// Calls.\nglobal calls\nprobe process.syscall { name = execname()\n calls[name]++ }\n";
        assertThat(hover(script.replace("calls[", "cal‸ls[")).code()).isEqualTo("global calls[string]:long");
        assertThat(hover(script.replace("calls[", "cal‸ls[")).documentation()).isEqualTo("Calls.");
        assertThat(hover(script.replace("[name", "[na‸me")).code()).isEqualTo("local name:string");
        assertThat(hover(script.replace("global calls", "global ca‸lls")).code())
                .isEqualTo("global calls[string]:long");
    }

    @Test
    void contextVariablesShowWhatTheyAre() {
        var hover = hover("probe process.syscall.return { x = $ret‸urn }");
        assertThat(hover.code()).isEqualTo("$return:long");
        assertThat(hover.documentation()).contains("esult");
    }

    @Test
    void membersShowTheirTypes() {
        assertThat(hover("probe kernel.trace(\"sched_switch\") { x = $prev->se->vrun‸time }")
                        .code())
                .isEqualTo("u64 vruntime");
    }

    @Test
    void probePointsShowWhenTheyFire() {
        assertThat(hover("probe process.sys‸call { }").documentation()).contains("entry of a system call");
        assertThat(hover("probe process(\"/bin/ls\").syscall.ret‸urn { }").code())
                .isEqualTo("process(\"/bin/ls\").syscall.return");
        assertThat(hover("probe timer.m‸s(5) { }").code()).isEqualTo("timer.ms(N)");
    }

    @Test
    void fixedWordsAndDirectivesShowTheirMeaning() {
        assertThat(hover("pro‸be begin { }").code()).startsWith("probe POINT");
        assertThat(hover("probe begin { for‸each (k in a) {} }").code()).startsWith("foreach");
        assertThat(hover("probe begin { @cou‸nt(a) }").code()).isEqualTo("@count(statistic)");
        assertThat(hover("probe begin { printf(\"%‸x\", 1) }").documentation()).contains("hexadecimal");
    }

    @Test
    void aFunctionShowsTheCommentAboveIt() {
        var hover = hover("""
                /**
                 * Doubles
                 * a number.
                 */
                function twice(n) { return n * 2 }
                probe begin { println(twi‸ce(2)) }
                """);
        assertThat(hover.code()).isEqualTo("twice:long (n:long)");
        assertThat(hover.documentation()).isEqualTo("Doubles\na number.");
    }

    @Test
    void anUnknownWordShowsNothing() {
        var cursor = Marked.of("probe begin { x = foo‸() }");
        assertThat(SERVICES.hover(cursor.text(), cursor.offset())).isNull();
    }

    private static Hover hover(String marked) {
        var cursor = Marked.of(marked);
        var hover = SERVICES.hover(cursor.text(), cursor.offset());
        assertThat(hover).as(marked).isNotNull();
        return hover;
    }
}
