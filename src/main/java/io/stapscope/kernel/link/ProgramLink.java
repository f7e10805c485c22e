package io.stapscope.kernel.link;

import io.stapscope.kernel.program.BpfProgram;

/** A program that runs at its place until this is closed. */
public sealed interface ProgramLink extends AutoCloseable permits RawTracepointLink, PerfEventLink, UserProbeLink {
    BpfProgram program();

    /** The program may still be finishing its last run on some CPU when this returns. */
    @Override
    void close();
}
