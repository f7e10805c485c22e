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
    void aBuiltInFunctionHasNoPlace() {
        assertThat(target("execname", 3)).isNull();
    }

    private static @Nullable String target(String text, int further) {
        var found = new EditorServices(new RecordedHost()).definition(SCRIPT, SCRIPT.indexOf(text) + further);
        return found == null ? null : SCRIPT.substring(found.start(), found.end()) + "@" + found.start();
    }
}
