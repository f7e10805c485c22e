package io.stapscope.host.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "setjmp",
                "_setjmp",
                "__GI__setjmp",
                "__GI___sigsetjmp",
                "getcontext",
                "__getcontext",
                "swapcontext",
                "_start",
                "__restore_rt",
                "_dl_runtime_resolve_xsavec"
            })
    void refusesFunctionsThatKeepWhereTheyReturnTo(String name) {
        assertThat(Returns.problem(name, false)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"longjmp", "vfork", "start", "setjmp_like", "malloc", "__GI_memcpy", "_", ""})
    void takesOthers(String name) {
        assertThat(Returns.problem(name, false)).isNull();
        assertThat(Returns.problem(name, true)).contains("Go");
    }
}
