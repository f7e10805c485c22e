package io.stapscope.compiler.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.host.RecordedHost;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DefinitionTest {
    private static final String SCRIPT = """
            global calls
            function note(name) { calls[name]++ }
            probe process.syscall {
                who = execname()
                note(who)
            }
            """;

    @Test
    void globalsFunctionsParametersAndLocalsAreFound() {
        assertThat(target("calls[name", 1)).isEqualTo("calls@" + SCRIPT.indexOf("calls"));
        assertThat(target("note(who", 1)).isEqualTo("note@" + SCRIPT.indexOf("note"));
        assertThat(target("name]", 1)).isEqualTo("name@" + SCRIPT.indexOf("name)"));
        assertThat(target("who)", 1)).isEqualTo("who@" + SCRIPT.indexOf("who ="));
    }

    @Test
    void aFunctionOfTheLibraryIsFoundInItsFile() {
        var script = "probe begin { println(thread_indent(1)) }";
        var found = new EditorServices(new RecordedHost()).definition(script, script.indexOf("thread") + 2);
        assertThat(found).isNotNull();
        assertThat(found.file()).isEqualTo("tapset/indent.stp");
        assertThat(found.text()).isNotNull();
        assertThat(found.text().substring(found.start(), found.end())).isEqualTo("thread_indent");
    }

    @Test
    void aliasesAreFoundInTheScriptAndInTheLibrary() {
        var script = "probe mine = begin { x = 1 }\nprobe mine, oneshot { println(x) }";
        var services = new EditorServices(new RecordedHost());
        var own = services.definition(script, script.lastIndexOf("mine") + 1);
        assertThat(own).isNotNull();
        assertThat(own.start()).isEqualTo(script.indexOf("mine"));
        var library = services.definition(script, script.indexOf("oneshot") + 1);
        assertThat(library).isNotNull();
        assertThat(library.file()).isEqualTo("tapset/session.stp");
    }

    @Test
    void aBuiltInFunctionHasNoPlace() {
        assertThat(target("execname", 3)).isNull();
    }

    private static @Nullable String target(String text, int further) {
        var found = new EditorServices(new RecordedHost()).definition(SCRIPT, SCRIPT.indexOf(text) + further);
        return found == null ? null : SCRIPT.substring(found.start(), found.end()) + "@" + found.start();
    }
}
