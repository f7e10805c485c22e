package io.stapscope.compiler.syntax;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.tree.Script;
import java.util.List;
import java.util.Map;

/** Parses texts for a machine that is the same everywhere. */
final class Parse {
    static final Machine MACHINE = new RecordedMachine();

    private Parse() {}

    static Script script(SourceText source, List<String> arguments, Diagnostics diagnostics) {
        return Parser.parse(source, ParseOptions.of(arguments, MACHINE), diagnostics);
    }

    private static final class RecordedMachine implements Machine {
        private static final Map<String, String> OPTIONS =
                Map.of("CONFIG_SMP", "y", "CONFIG_HZ", "250", "CONFIG_EXT4_FS", "m", "CONFIG_NR_CPUS", "64");

        @Override
        public String kernelRelease() {
            return "6.18.44-test";
        }

        @Override
        public String architecture() {
            return "x86_64";
        }

        @Override
        public String kernelOption(String name) {
            return OPTIONS.getOrDefault(name, "");
        }
    }
}
