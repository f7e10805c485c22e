package io.stapscope.compiler.syntax;

/** What a conditional of the preprocessor may ask of the machine that a script is read for. */
public interface Machine {
    /** As {@code uname -r}. */
    String kernelRelease();

    /** As {@code uname -m}. */
    String architecture();

    /** The value of an option of the kernel's configuration, as {@code y}; empty when it is not set. */
    String kernelOption(String name);
}
