package io.stapscope.compiler;

import java.util.Map;

/**
 * Switches of the compiler, named after the options of {@code stap} that set them.
 *
 * @param guru -g; embedded C stays refused
 * @param optimizing false with -u: nothing is left out
 * @param displaysGlobals false with --no-global-var-display
 * @param skipsBadVariables --skip-badvars: a context variable that does not exist is 0
 * @param privilege --privilege
 * @param user whose processes a script without privileges may watch
 * @param globals -G: values of scalar globals by name, as they were written
 */
public record Switches(
        boolean guru,
        boolean optimizing,
        boolean displaysGlobals,
        boolean skipsBadVariables,
        Privilege privilege,
        int user,
        Map<String, String> globals) {
    public static final Switches DEFAULT = new Switches(false, true, true, false, Privilege.STAPDEV, 0, Map.of());

    public Switches {
        globals = Map.copyOf(globals);
    }

    /** What a script may touch. */
    public enum Privilege {
        STAPUSR,
        STAPSYS,
        STAPDEV;

        /** As the preprocessor and the command line write it. */
        public String word() {
            return switch (this) {
                case STAPUSR -> "stapusr";
                case STAPSYS -> "stapsys";
                case STAPDEV -> "stapdev";
            };
        }
    }
}
