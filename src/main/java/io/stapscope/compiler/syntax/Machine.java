package io.stapscope.compiler.syntax;

/** What a conditional of the preprocessor may ask of the machine that a script is read for. */
public interface Machine {
    /** Answers nothing: for texts that must mean the same everywhere. */
    Machine UNKNOWN = new Machine() {
        @Override
        public String kernelRelease() {
            return "";
        }

        @Override
        public String architecture() {
            return "";
        }

        @Override
        public String kernelOption(String name) {
            return "";
        }
    };

    /** As {@code uname -r}. */
    String kernelRelease();

    /** As {@code uname -m}. */
    String architecture();

    /** The value of an option of the kernel's configuration, as {@code y}; empty when it is not set. */
    String kernelOption(String name);

    /** {@code stapusr}, {@code stapsys} or {@code stapdev}: what the script may touch. */
    default String privilege() {
        return "stapdev";
    }

    /** Whether it runs with -g. */
    default boolean isGuru() {
        return false;
    }
}
